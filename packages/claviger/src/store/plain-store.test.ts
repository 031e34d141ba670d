import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { plainStore } from "./plain-store.js";

const CHARGE = { form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 5 } as const;
const REQUEST = { tenant: "t_1", keyId: "k_1", charges: [CHARGE], units: 1 };

/** A store as an author of another house may write it: by a class whose methods need their `this`. */
function classStore(inner: Store): Store {
  const named = (whole: object): object => {
    class Methods {
      readonly whole = whole;
    }
    for (const [name, member] of Object.entries(whole))
      if (typeof member === "function")
        Object.defineProperty(Methods.prototype, name, {
          value(this: Methods, ...given: unknown[]) {
            return Reflect.apply(Reflect.get(this.whole, name), this.whole, given);
          },
        });
    return new Methods();
  };
  const settings = named(inner.settings);
  const owners = named(inner.owners);
  return Object.assign(named(inner), { settings, owners, capabilities: inner.capabilities }) as Store;
}

describe("plainStore", () => {
  it("has every method of an instance of a class, and survives being spread", async () => {
    const inner = memoryStore();
    const store = { ...plainStore(classStore(inner)) };
    expect(Object.keys(store).sort()).toEqual(Object.keys(inner).sort());
    expect(Object.keys({ ...store.settings, ...store.owners }).sort()).toEqual(
      Object.keys({ ...inner.settings, ...inner.owners }).sort(),
    );
    expect(await store.find(["1"])).toEqual([undefined]);
    expect(await store.settings.get(["t"])).toEqual([undefined]);
    expect(await store.owners.read([{ tenant: "t", owner: "o" }])).toEqual([{ suspendedAt: null }]);
    await store.close();
  });

  it("passes consume.atOnce on, which needs no this, to the meters that consume charges", async () => {
    const { consume } = plainStore(memoryStore());
    const { atOnce } = consume;
    expect(atOnce?.(REQUEST, 5)).toMatchObject({ admitted: 1, meters: [{ used: 1 }] });
    expect(await consume([REQUEST], 5)).toMatchObject([{ admitted: 1, meters: [{ used: 2 }] }]);
  });

  it("leaves the store's own consume as it was, and one without atOnce without", () => {
    const inner = memoryStore();
    const { consume, ...rest } = inner;
    const { atOnce } = consume;
    expect(plainStore(inner).consume).not.toBe(consume);
    expect(inner.consume.atOnce).toBe(atOnce);
    expect("atOnce" in plainStore({ ...rest, consume: (requests, nowMs) => consume(requests, nowMs) }).consume).toBe(
      false,
    );
    expect("atOnce" in plainStore(classStore(inner)).consume).toBe(false);
  });

  it("has no watch where the store has none", () => {
    const { watch: _, ...silent } = memoryStore();
    expect("watch" in plainStore(silent)).toBe(false);
  });
});
