import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";

/** Memory's store behind an index that catches up only after it was asked: what it shows is what was there then. */
export function laggingStore(): Store {
  const [primary, index] = [memoryStore(), memoryStore()];
  const behind: ((store: Store) => Promise<unknown>)[] = [];
  /** Does it now, and once more, with a copy of what was given now, when the index catches up. */
  const write = <Given extends readonly unknown[], Result>(
    act: (store: Store, ...given: Given) => Promise<Result>,
    ...given: Given
  ): Promise<Result> => {
    const copy = structuredClone(given);
    behind.push((store) => act(store, ...copy));
    return act(primary, ...given);
  };
  const readIndex = async <Result>(read: (store: Store) => Promise<Result>): Promise<Result> => {
    const result = await read(index);
    for (const act of behind.splice(0)) await act(index).catch(() => undefined);
    return result;
  };
  return {
    ...primary,
    capabilities: Object.freeze({ ...primary.capabilities, lists: "lagging" }),
    insert: (...given) => write((store, ...args) => store.insert(...args), ...given),
    replace: (...given) => write((store, ...args) => store.replace(...args), ...given),
    list: (query) => readIndex((store) => store.list(query)),
    recordUsage: (...given) => write((store, ...args) => store.recordUsage(...args), ...given),
    eraseEvents: (...given) => write((store, ...args) => store.eraseEvents(...args), ...given),
    purgeEvents: (...given) => write((store, ...args) => store.purgeEvents(...args), ...given),
    chains: (query) => (query.keyId === undefined ? readIndex((store) => store.chains(query)) : primary.chains(query)),
    append: (...given) => write((store, ...args) => store.append(...args), ...given),
    events: (query) => (query.keyId === undefined ? readIndex((store) => store.events(query)) : primary.events(query)),
    settings: {
      ...primary.settings,
      replace: (...given) => write(({ settings }, ...args) => settings.replace(...args), ...given),
    },
    owners: {
      ...primary.owners,
      suspend: (...given) => write(({ owners }, ...args) => owners.suspend(...args), ...given),
      resume: (...given) => write(({ owners }, ...args) => owners.resume(...args), ...given),
    },
  };
}
