import type { Store } from "@claviger/core";
import type fc from "fast-check";

/** A store whose reads and swaps reach it, and whose replies come back, in whatever order the scheduler likes. */
export function scheduledStore(inner: Store, scheduler: fc.Scheduler): Store {
  async function travelling<Result>(label: string, call: () => Promise<Result>): Promise<Result> {
    await scheduler.schedule(Promise.resolve(), `${label} reaches the store`);
    const result = await call();
    await scheduler.schedule(Promise.resolve(), `${label} is answered`);
    return result;
  }

  return {
    ...inner,
    find: (ids, tenant) =>
      travelling("a read", () => (tenant === undefined ? inner.find(ids) : inner.find(ids, tenant))),
    replace: (...given) => travelling("a swap", () => inner.replace(...given)),
  };
}
