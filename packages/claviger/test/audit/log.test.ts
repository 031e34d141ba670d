import { ClavigerError, type CloudEvent, type Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../../core/test/hostile.js";
import type { KeyManager } from "../../src/keyring.js";
import { onEachStore } from "../support/on-each-store.js";
import { openWorld } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";
import { type wholeFeed, wholeLog } from "../support/whole-log.js";

let opened = 0;

/** A tenant that no other test has to do with. */
function freshTenant(): string {
  opened += 1;
  return `audited ${opened}`;
}

async function untilDone(act: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await act();
      return;
    } catch (error) {
      if (!(error instanceof ClavigerError && error.code === "conflict")) throw error;
    }
  }
}

async function playLife(keys: KeyManager): Promise<string> {
  const { key } = await keys.create({ owner: "anna", name: "ERP", reason: "go-live", address: "10.0.0.1" });
  await keys.update(key.id, { name: "ERP 2" }, { reason: "typo", address: "2001:db8::1" });
  await keys.rotate(key.id);
  await keys.cancelRotation(key.id);
  await keys.rotate(key.id);
  await keys.finishRotation(key.id);
  await keys.disable(key.id);
  await keys.enable(key.id);
  await keys.revoke(key.id);
  await keys.revoke(key.id, { leaked: true });
  await keys.delete(key.id);
  return key.id;
}

onEachStore((createStore) => {
  it("a position that the store never gave is refused, and no reason to think that there is nothing more", async () => {
    const { keyring } = openWorld(createStore());
    for (const position of ["garbage", "", "\0", "9".repeat(400)]) {
      expect(await rejectionOf(() => keyring.events.after(position))).toMatchObject({ code: "invalid_input" });
    }
  });

  it("promise 8, QL-15, DB-11: a change of every kind is one event, in one chain, to its key's end", async () => {
    const { keyring } = openWorld(createStore());
    const keys = keyring.tenant(freshTenant());
    const id = await playLife(keys);
    const log = await wholeLog(keys.events, { keyId: id, pageSize: 3 });
    const byVersion = [...log].sort((a, b) => (a.version ?? 0) - (b.version ?? 0));
    expect(byVersion.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(new Set(byVersion.map(({ chain }) => chain?.hash)).size).toBe(11);
    expect(byVersion[0]).toMatchObject({ reason: "go-live", address: "10.0.0.1", actor: "system", keyId: id });
    expect(byVersion[1]).toMatchObject({ reason: "typo", address: "2001:db8::1" });
    const counts = { keys: 1, events: 11, erased: 0, purged: 0, unchecked: 0 };
    expect(await keys.events.verify()).toEqual({ ok: true, ...counts, anchors: [], damage: [], more: false });
    expect(await keys.events.verify({ keyId: id })).toMatchObject({ ok: true, events: 11 });
  });

  it("promise 8: writers to one key, who try again after a conflict, make one chain without gap or fork", () =>
    writeSideBySide(createStore(), 4));

  it("promise 8: names with line breaks, quotes and __proto__ stay one line, and verify", async () => {
    const { keyring } = openWorld(createStore());
    const odd = 'a\r\nb","actor":"mallory\u2028';
    const keys = keyring.tenant(`__proto__ ${freshTenant()}`);
    const { key } = await keys.create({ owner: "__proto__", name: odd, reason: odd });
    await keys.update(key.id, { name: "constructor", scopes: ["__proto__x:a".replaceAll("_", "a")] });
    const [created] = await wholeLog(keys.events, { keyId: key.id, types: ["key.created"] });
    expect(created).toMatchObject({ reason: odd, data: { owner: "__proto__", name: odd } });
    expect(JSON.stringify(created).split(/[\r\n]/)).toHaveLength(1);
    expect(await keys.events.verify()).toMatchObject({ ok: true, events: 2 });
  });

  it("QL-15: is listed by key, type, actor and time, newest first, and nothing of another tenant", async () => {
    const { keyring, clock } = openWorld(createStore());
    const keys = keyring.tenant(freshTenant());
    const [a, b] = await Promise.all(["A", "B"].map((name) => keys.create({ owner: "anna", name })));
    const at = clock.now();
    clock.advance(10);
    await keys.revoke(a?.key.id ?? "");
    clock.advance(10);
    await keys.disable(b?.key.id ?? "");
    const typesOf = async (input: Parameters<typeof wholeLog>[1]): Promise<readonly string[]> =>
      (await wholeLog(keys.events, input)).map(({ type }) => type);
    expect((await typesOf({ sort: "newest" })).slice(0, 2)).toEqual(["key.disabled", "key.revoked"]);
    expect(await typesOf({ keyId: a?.key.id ?? "" })).toEqual(["key.created", "key.revoked"]);
    expect(await typesOf({ types: ["key.revoked", "key.disabled"], pageSize: 1 })).toEqual([
      "key.revoked",
      "key.disabled",
    ]);
    expect(await typesOf({ from: at + 10, before: new Date(at + 20) })).toEqual(["key.revoked"]);
    expect(await typesOf({ actor: "nobody" })).toEqual([]);
    expect(await typesOf({ types: [] })).toEqual([]);
    expect(await wholeLog(keyring.tenant(freshTenant()).events)).toEqual([]);
  });

  it("DB-11: who reads on from position to position meets every event, those of one key in their order", async () => {
    const { keyring } = openWorld(createStore());
    const tenant = freshTenant();
    const start = (await lastPosition(keyring.events)) ?? undefined;
    const id = await playLife(keyring.tenant(tenant));
    // Not to the first empty page: what commits while others are at work on the same server may come a little later.
    const met: CloudEvent[] = [];
    for (let position = start; met.at(-1)?.data.version !== 11; ) {
      const page = await keyring.events.after(position, { limit: 2 });
      met.push(...page.items.filter(({ data }) => data.tenant === tenant));
      position = page.position;
    }
    const once = [...new Map(met.map((event) => [event.id, event])).values()];
    expect(once.map(({ data }) => data.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(once[0]).toMatchObject({ type: "dev.claviger.key.created", subject: id, data: { keyId: id } });
    const log = await wholeLog(keyring.tenant(tenant).events, { keyId: id });
    expect(once.map(({ data }) => data)).toEqual([...log].sort((a, b) => (a.version ?? 0) - (b.version ?? 0)));
  });
});

it("promise 8: so do a hundred writers", () => writeSideBySide(memoryStore(), 100));

async function writeSideBySide(store: Store, writers: number): Promise<void> {
  const worlds = [openWorld(store), openWorld(store)];
  const [first, second] = worlds.map(({ keyring }) => keyring.tenant(`audited by ${writers}`));
  if (first === undefined || second === undefined) throw new Error("no worlds");
  const { key } = await first.create({ owner: "anna", name: "ERP" });
  const acts = Array.from({ length: writers }, (_, index) =>
    untilDone(() => (index % 2 === 0 ? first : second).update(key.id, { metadata: { writer: index } })),
  );
  await Promise.all(acts);
  expect(await first.events.verify({ keyId: key.id })).toMatchObject({ ok: true, events: writers + 1, damage: [] });
}

async function lastPosition(events: Parameters<typeof wholeFeed>[0]): Promise<string | undefined> {
  for (let position: string | undefined; ; ) {
    const page = await events.after(position);
    if (page.items.length === 0) return page.position;
    position = page.position;
  }
}

describe("what nobody can mean is refused by name", () => {
  const calls = {
    list: (events: KeyManager["events"], given: unknown) => events.list(given as never),
    erase: (events: KeyManager["events"], given: unknown) => events.erase(given as never),
    verify: (events: KeyManager["events"], given: unknown) => events.verify(given as never),
    seal: (events: KeyManager["events"], given: unknown) => events.seal(given as never),
    purge: (events: KeyManager["events"], given: unknown) => events.purge(given as never),
    "a purge's options": (events: KeyManager["events"], given: unknown) => events.purge(0, given as never),
    "heads to verify": (events: KeyManager["events"], heads: unknown) => events.verify({ heads } as never),
    "a seal to verify": (events: KeyManager["events"], seal: unknown) => events.verify({ seal } as never),
  };
  const takesNothing = ["list", "verify", "seal", "a purge's options"];
  const cells = Object.keys(calls).flatMap((call) => Object.keys(HOSTILE).map((name) => [call, name] as const));

  it.each(
    cells.filter(
      ([call, name]) =>
        !(takesNothing.includes(call) && ["an empty object", "a null prototype"].includes(name)) &&
        !(call === "heads to verify" && name === "an empty array"),
    ),
  )("%s: %s", async (call, name) => {
    const { keyring, counts } = openWorld(memoryStore());
    const refused = await rejectionOf(() => calls[call as keyof typeof calls](keyring.events, HOSTILE[name]?.()));
    expect(refused.code).toBe("invalid_input");
    expect(counts.total()).toBe(0);
  });
});
