import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { plainStore } from "./plain-store.js";

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

  it("has no watch where the store has none", () => {
    const { watch: _, ...silent } = memoryStore();
    expect("watch" in plainStore(silent)).toBe(false);
  });
});
