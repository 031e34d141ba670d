import { type AuditEvent, erasedEvent, type KeyChain, type Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import type { EventReport } from "../../src/events/event-manager.js";
import { openWorld, type World } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";

/** What somebody who can write to the store has made of what a reader finds there. */
interface Tampering {
  readonly events?: (events: readonly AuditEvent[]) => readonly AuditEvent[];
  readonly chains?: (chains: readonly KeyChain[]) => readonly KeyChain[];
}

interface Tampered extends World {
  readonly id: string;
  readonly tamper: (tampering: Tampering) => void;
}

const isOf = (version: number) => (event: AuditEvent) => event.version === version;

/** A key with five events, and another one, in a store that can be tampered with. */
async function openTampered(): Promise<Tampered> {
  const inner = memoryStore();
  let tampering: Tampering = {};
  const store: Store = {
    ...inner,
    events: async (query) => {
      const page = await inner.events(query);
      return { ...page, items: tampering.events?.(page.items) ?? page.items };
    },
    chains: async (query) => {
      const page = await inner.chains(query);
      return { ...page, items: tampering.chains?.(page.items) ?? page.items };
    },
  };
  const world = openWorld(store);
  const { key } = await world.keyring.create({ owner: "anna", name: "ERP" });
  await world.keyring.create({ owner: "anna", name: "Export" });
  for (const name of ["2", "3", "4", "5"]) {
    world.clock.advance(1);
    await world.keyring.update(key.id, { name });
  }
  return {
    ...world,
    id: key.id,
    tamper: (next) => {
      tampering = next;
    },
  };
}

const shown = ({ damage }: EventReport): readonly unknown[] => damage.map(({ kind, version }) => [kind, version]);

describe("promise 8: damage is found and located", () => {
  it.each<[string, (id: string) => Tampering, readonly unknown[]]>([
    [
      "an edit",
      () => ({ events: (all) => all.map((event) => (isOf(3)(event) ? { ...event, actor: "mallory" } : event)) }),
      [["edited", 3]],
    ],
    ["a deletion", () => ({ events: (all) => all.filter((event) => !isOf(3)(event)) }), [["missing", 3]]],
    ["a cut", () => ({ events: (all) => all.filter((event) => !isOf(5)(event)) }), [["missing", 5]]],
    [
      "a reorder",
      () => ({
        events: (all) => {
          const [three, four] = [all.find(isOf(3)), all.find(isOf(4))];
          if (three === undefined || four === undefined) return all;
          const swap = (event: AuditEvent): AuditEvent =>
            event === three ? { ...three, data: four.data } : event === four ? { ...four, data: three.data } : event;
          return all.map(swap);
        },
      }),
      [
        ["edited", 3],
        ["edited", 4],
      ],
    ],
    [
      "an erased body that nothing tells of",
      () => ({
        events: (all) => all.map((event) => (isOf(2)(event) ? erasedEvent(event, 9) : event)),
      }),
      [["erased", 2]],
    ],
    [
      "a key that vanished and left its events",
      (id) => ({ chains: (all) => all.filter(({ keyId }) => keyId !== id) }),
      [["vanished", 5]],
    ],
  ])("%s", async (_, tampering, damage) => {
    const { keyring, tamper, id } = await openTampered();
    expect(await keyring.events.verify()).toMatchObject({ ok: true, keys: 2, events: 6 });
    tamper(tampering(id));
    const report = await keyring.events.verify();
    expect(report.ok).toBe(false);
    expect(shown(report)).toEqual(damage);
    for (const { keyId } of report.damage) expect(keyId).toBe(id);
    expect(shown(await keyring.events.verify({ keyId: id }))).toEqual(damage);
  });

  it("against a seal that was kept: a chain that vanished whole, or was set back with its key", async () => {
    const { keyring, tamper, id } = await openTampered();
    const seal = JSON.parse(JSON.stringify(await keyring.events.seal()));
    expect(await keyring.events.verify({ seal })).toMatchObject({ ok: true });
    tamper({
      events: (all) => all.filter(({ keyId }) => keyId !== id),
      chains: (all) => all.filter(({ keyId }) => keyId !== id),
    });
    expect(await keyring.events.verify()).toMatchObject({ ok: true, keys: 1 });
    expect(shown(await keyring.events.verify({ seal }))).toEqual([["vanished", 5]]);
    expect((await rejectionOf(() => keyring.events.verify({ keyId: id }))).code).toBe("not_found");
    expect(shown(await keyring.events.verify({ keyId: id, seal }))).toEqual([["vanished", 5]]);

    tamper({});
    const third = (await keyring.events.list({ keyId: id })).items.find(isOf(3));
    tamper({
      events: (all) => all.filter(({ version = 0 }) => version <= 3),
      chains: (all) =>
        all.map((chain) => (chain.keyId === id ? { ...chain, version: 3, head: third?.chain?.hash ?? "" } : chain)),
    });
    expect(await keyring.events.verify()).toMatchObject({ ok: true });
    expect((await keyring.events.verify({ heads: seal.heads })).damage).toEqual([
      { keyId: id, kind: "missing", version: 4, through: 5 },
    ]);
  });

  it.each([2, 3, 5])("a key that vanished with its events, but for number %i", async (left) => {
    const { keyring, tamper, id } = await openTampered();
    tamper({
      events: (all) => all.filter((event) => event.keyId !== id || isOf(left)(event)),
      chains: (all) => all.filter(({ keyId }) => keyId !== id),
    });
    const { damage, ok } = await keyring.events.verify();
    expect(ok).toBe(false);
    expect(damage).toContainEqual({ keyId: id, kind: "vanished", version: left });
  });

  it("a beginning that was taken away as if by a purge, where none is recorded", async () => {
    const { keyring, tamper, id } = await openTampered();
    const third = (await keyring.events.list({ keyId: id })).items.find(isOf(3));
    const anchor = { keyId: id, version: 3, hash: third?.chain?.hash ?? "" };
    tamper({
      events: (all) => all.filter((event) => event.keyId !== id || (event.version ?? 0) > 3),
      chains: (all) => all.map((chain) => (chain.keyId === id ? { ...chain, anchor } : chain)),
    });
    const report = await keyring.events.verify();
    expect(shown(report)).toEqual([["unrecorded", 3]]);
    expect(report).toMatchObject({ ok: false, purged: 1, anchors: [anchor] });
    expect(shown(await keyring.events.verify({ keyId: id }))).toEqual([["unrecorded", 3]]);
  });

  it("a seal that was touched, or is another tenant's, is refused", async () => {
    const { keyring } = await openTampered();
    const seal = await keyring.events.seal();
    const [first, ...rest] = seal.heads;
    const touched = [
      { ...seal, heads: rest },
      { ...seal, heads: [{ ...first, version: 9 }, ...rest] },
      { ...seal, size: 3 },
      { ...seal, tenant: "t_2" },
      { ...seal, root: "0".repeat(64) },
    ];
    for (const each of touched) {
      const refused = await rejectionOf(() => keyring.events.verify({ seal: each as typeof seal }));
      expect(refused).toMatchObject({ code: "invalid_input", field: expect.stringMatching(/^seal\./) });
    }
    const { items } = await keyring.events.list({ types: ["events.sealed"] });
    expect(items).toMatchObject([{ data: { root: seal.root, size: 2 } }]);
    expect(Object.isFrozen(seal.heads[0])).toBe(true);
  });

  it("shows the first hundred, and that there are more", async () => {
    const inner = memoryStore();
    const { keyring } = openWorld({ ...inner, events: async () => ({ items: [] }) });
    await Promise.all(Array.from({ length: 101 }, (_, index) => keyring.create({ owner: `o${index % 3}`, name: "A" })));
    const report = await keyring.events.verify();
    expect(report).toMatchObject({ ok: false, keys: 101, more: true });
    expect(report.damage).toHaveLength(100);
  });
});

it("what changes while it is looked at is no damage", async () => {
  const inner = memoryStore();
  let meanwhile: (() => Promise<unknown>) | undefined;
  const { keyring } = openWorld({
    ...inner,
    events: async (query) => {
      const act = meanwhile;
      meanwhile = undefined;
      await act?.();
      return inner.events(query);
    },
  });
  const { key } = await keyring.create({ owner: "anna", name: "ERP" });
  meanwhile = () => keyring.disable(key.id);
  expect(await keyring.events.verify()).toMatchObject({ ok: true, events: 2 });
});
