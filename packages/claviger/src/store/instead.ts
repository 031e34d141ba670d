/** A function of a store that waits, and may have a form that does not. */
interface Waiting<AtOnce> {
  readonly atOnce?: AtOnce;
}

/**
 * Another function in the place of a store's: with its own form that does not wait, where the store's has one.
 *
 * @param atOnce absent: the store's own, as it is
 */
export function instead<Call extends (...given: never[]) => unknown, AtOnce extends (...given: never[]) => unknown>(
  of: Waiting<AtOnce>,
  call: Call,
  atOnce: (inner: AtOnce) => AtOnce = (inner) => inner,
): Call & Waiting<AtOnce> {
  return typeof of.atOnce === "function" ? Object.assign(call, { atOnce: atOnce(of.atOnce) }) : call;
}
