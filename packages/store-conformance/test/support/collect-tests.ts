import { type StoreConformanceOptions, storeConformance } from "../../src/store-conformance.js";

type Hook = () => void | Promise<void>;

export interface CollectedTest {
  /** Without the titles around it. */
  readonly title: string;
  /** Runs it with its hooks. */
  readonly run: () => Promise<void>;
}

/** The kit's tests, declared to a runner that only takes them down. */
export function collectTests(createStore: StoreConformanceOptions["createStore"]): readonly CollectedTest[] {
  const tests: CollectedTest[] = [];
  const before: Hook[] = [];
  const after: Hook[] = [];
  storeConformance({
    name: "the store",
    createStore,
    runner: {
      describe: (_, body) => body(),
      it: (title, body) => tests.push({ title, run: () => withHooks(before, body, after) }),
      beforeEach: (hook) => before.push(hook),
      afterEach: (hook) => after.push(hook),
    },
  });
  return tests;
}

async function withHooks(before: readonly Hook[], body: () => Promise<void>, after: readonly Hook[]): Promise<void> {
  for (const hook of before) await hook();
  try {
    await body();
  } finally {
    for (const hook of after) await hook();
  }
}
