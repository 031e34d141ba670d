import * as z from "zod/mini";

/**
 * Schema of an object that has any number of members, all of one kind, whose names say what they are for. As an object of
 * no fields but others, which is small, for `z.record` brings more with it than all that this library says of scopes.
 *
 * @param isName which names members may have
 * @param named the same, for errors
 * @param allowed what the whole is, for errors
 */
export function namedMembers<Member>(
  isName: (name: string) => boolean,
  named: string,
  member: z.ZodMiniType<Member>,
  allowed: string,
): z.ZodMiniType<{ readonly [name: string]: Member }> {
  return z.pipe(
    // To zod a Date is an object without fields.
    z.custom<{ readonly [name: string]: unknown }>((value) => !(value instanceof Date), allowed),
    z.catchall(z.object({}, allowed), member).check(
      z.check(({ value, issues }) => {
        for (const name of Object.keys(value))
          if (!isName(name)) issues.push({ code: "custom", input: name, path: [name], message: named });
      }),
    ),
  );
}
