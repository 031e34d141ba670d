import type { Store } from "@claviger/core";

/** A store of which a test can hold up replies. */
export interface SlowReads {
  readonly store: Store;
  /** The next read reads at once, and its reply waits until the function that this returns is called. */
  slowNext(): () => void;
  /** What was asked of `find` without a tenant, read by read. */
  readonly asked: readonly (readonly string[])[];
}

export function slowReads(inner: Store): SlowReads {
  const gates: Promise<void>[] = [];
  const asked: (readonly string[])[] = [];
  return {
    asked,
    slowNext() {
      let letGo = (): void => undefined;
      gates.push(
        new Promise((resolve) => {
          letGo = resolve;
        }),
      );
      return () => letGo();
    },
    store: {
      ...inner,
      async find(ids, tenant) {
        if (tenant === undefined) asked.push(ids);
        const gate = gates.shift();
        const found = await (tenant === undefined ? inner.find(ids) : inner.find(ids, tenant));
        await gate;
        return found;
      },
    },
  };
}
