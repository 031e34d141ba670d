import { memoryStore } from "@claviger/memory";
import { seededRandom } from "@claviger/testing";
import { describe, expect, it, vi } from "vitest";
import { createKeyring } from "../create-keyring.js";
import { createEventHub } from "./create-event-hub.js";

const LOST = { type: "watch_lost", at: 5 } as const;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a hub", () => {
  it("calls the handlers of a type in the order in which they came, later, and those of no other", async () => {
    const hub = createEventHub();
    const heard: string[] = [];
    for (const name of ["a", "b", "c"]) hub.on("watch_lost", () => heard.push(name));
    hub.on("watch_restored", () => heard.push("other"));
    hub.emit(LOST);
    expect(heard).toEqual([]);
    await settled();
    expect(heard).toEqual(["a", "b", "c"]);
  });

  it("calls a handler that was given twice twice, and ends each by itself", async () => {
    const hub = createEventHub();
    const handler = vi.fn();
    const ends = [hub.on("watch_lost", handler), hub.on("watch_lost", handler)];
    hub.emit(LOST);
    await settled();
    expect(handler).toHaveBeenCalledTimes(2);
    ends[0]?.();
    ends[0]?.();
    hub.emit(LOST);
    await settled();
    expect(handler).toHaveBeenCalledTimes(3);
  });

  it("calls none that has been ended, even of an event that is on its way", async () => {
    const hub = createEventHub();
    const handler = vi.fn();
    const end = hub.on("watch_lost", handler);
    hub.emit(LOST);
    end();
    await settled();
    expect(handler).not.toHaveBeenCalled();
  });

  it("gives away a frozen copy", async () => {
    const hub = createEventHub();
    const data = { list: ["a"] };
    const event = { id: "1", type: "key.created" as const, tenant: "t", actor: "system", at: 1, data };
    const heard: unknown[] = [];
    hub.on("key.created", (given) => heard.push(given));
    hub.emit(event);
    await settled();
    expect(heard).toEqual([event]);
    expect(Object.isFrozen(data.list)).toBe(false);
    expect(() => (heard[0] as typeof event).data.list.push("b")).toThrow(TypeError);
  });

  it("lets a handler that throws harm no other, and be an uncaught exception of the process", async () => {
    const hub = createEventHub();
    const uncaught: unknown[] = [];
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", (error) => uncaught.push(error));
    try {
      const failure = new Error("of a handler");
      const handler = vi.fn();
      hub.on("watch_lost", () => {
        throw failure;
      });
      hub.on("watch_lost", handler);
      hub.emit(LOST);
      await settled();
      expect(handler).toHaveBeenCalledTimes(1);
      expect(uncaught).toEqual([failure]);
    } finally {
      process.removeAllListeners("uncaughtException");
      for (const other of others) process.on("uncaughtException", other);
    }
  });

  it.each(["key.made", "", "constructor", "__proto__", null, {}])("knows no type %j", (type) => {
    expect(() => createEventHub().on(type as "key.created", () => undefined)).toThrow(/^type must be a type of event/);
  });

  it("takes only a function for a handler, and does not quote what is none", () => {
    expect(() => createEventHub().on("key.created", "secret text" as never)).toThrow(/^handler must be a function/);
    expect(() => createEventHub().on("key.created", "secret text" as never)).not.toThrow(/secret/);
  });
});

it("keyring.events.on hears what is committed, once, and nothing that was refused", async () => {
  const store = memoryStore();
  const keyring = createKeyring({ store, prefix: "acme_live", random: seededRandom(41), usage: false });
  const heard: string[] = [];
  for (const type of ["key.created", "key.revoked", "key.enabled", "key.refused", "events.sealed"] as const)
    keyring.events.on(type, (event) => heard.push(event.type));
  const { key } = await keyring.create({ owner: "anna", name: "ERP" });
  await keyring.revoke(key.id);
  await keyring.revoke(key.id);
  await expect(keyring.enable(key.id)).rejects.toMatchObject({ code: "illegal_transition" });
  await keyring.events.seal();
  await settled();
  expect(heard).toEqual(["key.created", "key.revoked", "key.refused", "events.sealed"]);
});
