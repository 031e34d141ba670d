import type { Store } from "@claviger/core";

/** What runs the cases: vitest's, node:test's or mocha's `describe` and `it`, and where a store comes from. */
export interface StoreSuite {
  readonly describe: (title: string, body: () => void) => void;
  readonly it: (title: string, body: () => Promise<void>) => void;
  /**
   * A store whose `gcra` charges go by the caller's clock. Several may share one database: no case uses a tenant, key or
   * event of another.
   */
  readonly createStore: () => Promise<Store>;
}
