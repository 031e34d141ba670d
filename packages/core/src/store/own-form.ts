/**
 * Gives a function another form of itself, as a member. It is this very function's: a spy, a proxy or a copy that stands in
 * its place, members and all, has none, and is called itself.
 */
export function ownForm<Call extends object, Name extends string, Form>(
  call: Call,
  name: Name,
  form: Form,
): Call & { readonly [Member in Name]: Form } {
  return Object.defineProperty(call, name, {
    // A mock of it may be given a form of its own; and if it had one as any member has, that is replaced.
    configurable: true,
    enumerable: false,
    get(this: unknown) {
      return this === call ? form : undefined;
    },
  }) as Call & { readonly [Member in Name]: Form };
}
