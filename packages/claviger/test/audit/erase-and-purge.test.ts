import { memoryStore } from "@claviger/memory";
import { expect, it } from "vitest";
import { onEachStore } from "../support/on-each-store.js";
import { openWorld } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";
import { wholeFeed, wholeLog } from "../support/whole-log.js";

let opened = 0;
function freshTenant(): string {
  opened += 1;
  return `erased ${opened}`;
}

onEachStore((createStore) => {
  it("an erased event of a deleted key keeps its place, says who erased it, and the chain verifies", async () => {
    const { keyring, clock } = openWorld(createStore());
    const keys = keyring.tenant(freshTenant());
    const { key } = await keys.create({ owner: "anna", name: "Anna's ERP", reason: "asked by Anna" });
    clock.advance(1);
    await keys.delete(key.id, { reason: "Anna left" });
    const seal = await keys.events.seal();
    clock.advance(1);
    const log = await wholeLog(keys.events, { keyId: key.id });
    for (const event of log) {
      clock.advance(1);
      await keys.events.erase(event, { reason: "request 17", address: "10.0.0.9" });
    }
    const after = await wholeLog(keys.events, { keyId: key.id });
    expect(JSON.stringify(after)).not.toMatch(/anna/i);
    expect(after.map(({ type, version }) => [type, version])).toEqual([
      ["key.created", 1],
      ["key.deleted", 2],
      ["key.event_erased", 3],
      ["key.event_erased", 4],
    ]);
    expect(after.slice(0, 2).map(({ erasedAt }) => erasedAt)).toEqual([clock.now() - 1, clock.now()]);
    expect(after[2]).toMatchObject({ reason: "request 17", address: "10.0.0.9", data: { version: 1 } });
    expect(await keys.events.verify({ seal })).toMatchObject({ ok: true, events: 4, erased: 2 });
    await keys.events.erase(log[0] ?? { id: "", at: 0 });
    expect(await wholeLog(keys.events, { keyId: key.id })).toEqual(after);
    expect(JSON.stringify((await wholeFeed(keyring.events)).filter(({ subject }) => subject === key.id))).not.toMatch(
      /anna/i,
    );
    await expect(keys.get(key.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("an erasure of a living key's event changes nothing else of it", async () => {
    const { keyring, clock } = openWorld(createStore());
    const keys = keyring.tenant(freshTenant());
    const { key, token } = await keys.create({ owner: "anna", name: "ERP" });
    clock.advance(1);
    const [created] = await wholeLog(keys.events, { keyId: key.id });
    await keys.events.erase(created ?? { id: "", at: 0 });
    expect(await keys.get(key.id)).toEqual({ ...key, version: 2 });
    expect((await keyring.verify(token)).ok).toBe(true);
  });

  it("a note is erased too, and that is a note", async () => {
    const { keyring } = openWorld(createStore());
    const keys = keyring.tenant(freshTenant());
    const { key } = await keys.create({ owner: "anna", name: "ERP" });
    await keys.revoke(key.id);
    await keys.enable(key.id, { reason: "Anna begs" }).catch(() => undefined);
    const [refused] = await wholeLog(keys.events, { keyId: key.id, types: ["key.refused"] });
    await keys.events.erase(refused ?? { id: "", at: 0 });
    const after = await wholeLog(keys.events, { keyId: key.id, types: ["key.refused", "events.erased"] });
    expect(JSON.stringify(after)).not.toMatch(/anna/i);
    expect(after.find(({ type }) => type === "events.erased")?.data).toMatchObject({ eventId: refused?.id });
    expect(await keys.events.verify()).toMatchObject({ ok: true, events: 2, erased: 0 });
  });

  it("what a purge leaves verifies, against heads from before it too, and is found out when it is cut", async () => {
    const { keyring, clock } = openWorld(createStore());
    const keys = keyring.tenant(freshTenant());
    const { key } = await keys.create({ owner: "anna", name: "ERP" });
    const other = await keys.create({ owner: "anna", name: "Export" });
    await keys.revoke(other.key.id);
    const early = await keys.events.seal();
    const [first] = await wholeLog(keys.events, { keyId: other.key.id });
    const taken = [{ keyId: other.key.id, version: 1, hash: first?.chain?.hash ?? "" }];
    clock.advance(10);
    const border = clock.now();
    await keys.disable(key.id);
    clock.advance(1);
    const late = await keys.events.seal();
    clock.advance(10);
    const { purged } = await keys.events.purge(new Date(border), { reason: "after ten years" });
    expect(purged).toBe(4);
    const log = await wholeLog(keys.events);
    expect(log.every(({ at }) => at >= border)).toBe(true);
    expect(log.map(({ type }) => type)).toEqual(["key.disabled", "events.sealed", "events.purged"]);
    expect(log.at(-1)).toMatchObject({ reason: "after ten years", data: { before: border } });
    for (const seal of [early, late]) {
      expect(await keys.events.verify({ seal })).toMatchObject({ ok: true, keys: 2, events: 1, unchecked: 0 });
    }
    const { purged: begun, anchors } = await keys.events.verify();
    expect([begun, new Set(anchors)]).toEqual([2, new Set(early.heads)]);
    expect(await keys.events.verify({ heads: taken })).toMatchObject({ ok: true, unchecked: 1 });
    await keys.enable(key.id);
    expect(await keys.events.verify({ seal: late })).toMatchObject({ ok: true, events: 2 });
    expect(await keys.events.purge(border)).toEqual({ purged: 0 });
  });
});

it("a purge takes no end that is none: without one, in the future, or no time it takes nothing", async () => {
  const { keyring, clock, counts } = openWorld(memoryStore());
  await keyring.create({ owner: "anna", name: "ERP" });
  for (const before of [undefined, null, clock.now() + 1, new Date("31/12/2020"), "2020-01-01", -1, Number.NaN]) {
    const refused = await rejectionOf(() => keyring.events.purge(before as never));
    expect(refused).toMatchObject({ code: "invalid_input", field: "before" });
  }
  expect(counts.calls.purgeEvents).toBe(0);
  expect(await wholeLog(keyring.events)).toHaveLength(1);
});

it("an erasure that a crash cut short, before the body was gone, is ended by the same call, and recorded once", async () => {
  const inner = memoryStore();
  let isCrashing = true;
  const { keyring } = openWorld({
    ...inner,
    eraseEvents: async (...given) => {
      if (isCrashing) throw new Error("killed");
      return inner.eraseEvents(...given);
    },
  });
  await keyring.create({ owner: "anna", name: "ERP" });
  const [created] = await wholeLog(keyring.events);
  const erase = (): Promise<void> => keyring.events.erase(created ?? { id: "", at: 0 });
  expect((await rejectionOf(erase)).code).toBe("store_unavailable");
  expect(await keyring.events.verify()).toMatchObject({ ok: true, events: 2, erased: 0 });
  isCrashing = false;
  await erase();
  expect(await keyring.events.verify()).toMatchObject({ ok: true, events: 2, erased: 1 });
});

it("what is not there, of another time, key or tenant, is not found; an erasure is not erased", async () => {
  const { keyring, clock } = openWorld(memoryStore());
  const { key } = await keyring.create({ owner: "anna", name: "ERP" });
  clock.advance(1);
  const [created] = await wholeLog(keyring.events);
  if (created === undefined) throw new Error("no event");
  const { id, at } = created;
  const wrong = [
    { id: "x", at },
    { id, at: at + 1 },
    { id, at, keyId: "0".repeat(16) },
  ];
  for (const event of wrong) expect((await rejectionOf(() => keyring.events.erase(event))).code).toBe("not_found");
  expect((await rejectionOf(() => keyring.tenant("t_2").events.erase(created))).code).toBe("not_found");
  await keyring.events.erase({ id, at });
  const [erasure] = await wholeLog(keyring.events, { types: ["key.event_erased"], keyId: key.id });
  const refused = await rejectionOf(() => keyring.events.erase(erasure ?? { id: "", at: 0 }));
  expect(refused).toMatchObject({ code: "invalid_input", field: "event" });
});
