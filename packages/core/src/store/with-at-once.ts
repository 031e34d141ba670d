/**
 * A function of a store, with the form of it that waits for nothing. It is this very function's: a spy, a proxy or a copy
 * that stands in its place, members and all, has none, and is called itself.
 */
export function withAtOnce<Call extends object, Form>(call: Call, form: Form): Call & { readonly atOnce: Form } {
  return Object.defineProperty(call, "atOnce", {
    // A mock of it may be given a form of its own; and if it had one as any member has, that is replaced.
    configurable: true,
    enumerable: false,
    get(this: unknown) {
      return this === call ? form : undefined;
    },
  }) as Call & { readonly atOnce: Form };
}
