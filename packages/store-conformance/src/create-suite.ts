import type { Store } from "@claviger/core";
import { checkStore, toSubject } from "./check-store.js";
import type { StoreConformanceOptions } from "./store-conformance.js";
import type { StoreUnderTest, Suite } from "./suite.js";

/** A whole test, races and property runs included; a hang is meant to fail, a slow machine is not. */
const TIMEOUT_MS = 300_000;

/** @internal Puts what is created during a test away after it. */
export function createSuite({ createStore, runner }: Omit<StoreConformanceOptions, "name">): Suite {
  const stores: Store[] = [];
  const subjects: StoreUnderTest[] = [];
  const createSubject = async (): Promise<StoreUnderTest> => {
    const subject = toSubject(await createStore());
    subjects.push(subject);
    stores.push(subject.store);
    const openAnother = subject.openAnother?.bind(subject);
    if (openAnother === undefined) return subject;
    return {
      ...subject,
      openAnother: async () => {
        const another = await openAnother();
        checkStore(another);
        stores.push(another);
        return another;
      },
    };
  };
  runner.afterEach(async () => {
    try {
      await all(stores.splice(0), (store) => store.close());
    } finally {
      await all(subjects.splice(0), (subject) => subject.remove?.());
    }
  });
  return {
    describe: runner.describe,
    it: (title, body) => runner.it(title, withoutLimit(body), TIMEOUT_MS),
    createStore: async (): Promise<Store> => (await createSubject()).store,
    createSubject,
  };
}

/** Does it to all of them, also where one fails; then fails as that one did. */
async function all<Item>(items: readonly Item[], act: (item: Item) => void | Promise<void>): Promise<void> {
  const failed = (await Promise.allSettled(items.map(async (item) => act(item)))).find(
    ({ status }) => status === "rejected",
  );
  if (failed?.status === "rejected") throw failed.reason;
}

/** Mocha's time-out is a method of `this`, and a body that takes an argument would be one that calls back. */
function withoutLimit(body: () => Promise<void>): () => Promise<void> {
  return function run(this: unknown) {
    if (hasTimeout(this)) this.timeout(TIMEOUT_MS);
    return body();
  };
}

function hasTimeout(value: unknown): value is { timeout(ms: number): unknown } {
  return typeof value === "object" && value !== null && "timeout" in value && typeof value.timeout === "function";
}
