/**
 * A bound on times as PostgreSQL takes it, which compares with every whole time as this one does: for `at >= bound` and
 * `at < bound`.
 *
 * @param bound epoch ms, with a fraction perhaps, or infinite; not NaN
 */
export function wholeBound(bound: number): number {
  return Math.min(Math.max(Math.ceil(bound), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}
