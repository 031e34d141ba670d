import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { guardStore } from "./guarded-store.js";

describe("guardStore", () => {
  it("passes arguments and results on as they are, an absent tenant as absent", async () => {
    const asked: unknown[][] = [];
    const inner = {
      ...memoryStore(),
      find: async (...given: unknown[]) => {
        asked.push(given);
        return [];
      },
    };
    const store = guardStore(inner, async () => undefined);
    expect(await store.find(["a"])).toEqual([]);
    await store.find(["a"], "t");
    await store.find(["a"], undefined);
    expect(asked).toEqual([[["a"]], [["a"], "t"], [["a"]]]);
    expect(store.capabilities).toBe(inner.capabilities);
  });

  it("calls the store's methods on the store", async () => {
    class Legacy {
      readonly capabilities = { meterClock: "caller" } as const;
      readonly answer = [undefined];
      async find(): Promise<readonly undefined[]> {
        return this.answer;
      }
    }
    const store = guardStore(
      Object.assign(new Legacy(), { ...memoryStore(), find: Legacy.prototype.find }),
      async () => undefined,
    );
    expect(await store.find(["a"])).toEqual([undefined]);
  });

  it("ends the store after what is under way has settled", async () => {
    const order: string[] = [];
    const inner = { ...memoryStore(), close: async () => void order.push("closed") };
    const store = guardStore(inner, async () => void order.push("settled"));
    await Promise.all([store.close(), store.close()]);
    expect(order).toEqual(["settled", "closed"]);
    await expect(store.find([])).rejects.toMatchObject({ code: "store_unavailable", message: "the keyring is closed" });
  });
});
