import type { Store } from "@claviger/core";

/** `describe`, `it`, `beforeEach` and `afterEach` of vitest, of node:test or of mocha. */
export interface Runner {
  readonly describe: (title: string, body: () => void) => unknown;
  /** The third argument is vitest's time-out in ms; the others disregard it. */
  readonly it: (title: string, body: () => Promise<void>, timeoutMs?: number) => unknown;
  readonly beforeEach: (body: () => void | Promise<void>) => unknown;
  readonly afterEach: (body: () => void | Promise<void>) => unknown;
}

/** How a process of its own opens a store over the same data. */
export interface ProcessEntry {
  /** A module whose default export is `(argument: string) => Store | Promise<Store>`. */
  readonly module: URL;
  /** Given to it: a connection string, a table's name. */
  readonly argument: string;
  /** Arguments of node, such as `--import tsx` where the module is TypeScript. */
  readonly execArgv?: readonly string[];
}

/** A store to be proved, with what the kit needs to come at its data by other ways. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Another store over the same data, with connections of its own, as another instance of the application has. The kit closes it. */
  readonly openAnother?: () => Store | Promise<Store>;
  /** Present where several processes can share the data. */
  readonly process?: ProcessEntry;
  /** Called after the test, when the stores are closed: takes away what was made for it. */
  readonly remove?: () => void | Promise<void>;
}

/** What a case is made of. */
export interface Suite {
  readonly describe: Runner["describe"];
  readonly it: (title: string, body: () => Promise<void>) => void;
  /**
   * A store whose data nobody minds. It may share them with the stores of other tests: no case uses a tenant, key or
   * event of another.
   */
  readonly createStore: () => Promise<Store>;
  /** As {@link createStore}, with the ways by which others reach the same data. */
  readonly createSubject: () => Promise<StoreUnderTest>;
}
