import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { observation } from "../event-samples.js";
import { changed, changeOf, insertSample, replaceSample } from "../samples.js";
import { countChanges, historyOf } from "./history.js";

async function revokedKey(store: Store): Promise<{ readonly id: string; readonly tenant: string }> {
  const key = await insertSample(store);
  const next = changed(key, { state: "revoked" });
  await store.replace(next, key.version, changeOf(next, "key.revoked"));
  return key;
}

describe("historyOf", () => {
  it("reads a key and its changes, observations left aside", async () => {
    const store = memoryStore();
    const key = await revokedKey(store);
    await store.append([observation({ tenant: key.tenant, keyId: key.id })]);
    const history = await historyOf(store, key);
    expect(history.key.state).toBe("revoked");
    expect(countChanges(history, "key.revoked")).toBe(1);
  });

  it("fails where a version has no event, or two", async () => {
    const store = memoryStore();
    const key = await revokedKey(store);
    const forgetful: Store = {
      ...store,
      async events(query) {
        const { items } = await store.events(query);
        return { items: items.filter(({ type }) => type !== "key.revoked") };
      },
    };
    await expect(historyOf(forgetful, key)).rejects.toThrow("one event for each version");
    const doubling: Store = {
      ...store,
      async events(query) {
        const { items } = await store.events(query);
        return { items: [...items, ...items] };
      },
    };
    await expect(historyOf(doubling, key)).rejects.toThrow("one event for each version");
  });

  it("fails where a change follows a revocation, and where the state is not that of the last event", async () => {
    const store = memoryStore();
    const key = await revokedKey(store);
    const [found] = await store.find([key.id]);
    if (found === undefined || found.state === "destroyed") throw new Error("the key is gone");
    await replaceSample(store, changed(found));
    await expect(historyOf(store, key)).rejects.toThrow("key.updated after revoked");
    const other = await insertSample(store);
    await replaceSample(store, changed(other, { state: "disabled" }));
    await expect(historyOf(store, other)).rejects.toThrow("the state of the key");
  });
});
