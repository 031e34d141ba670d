import type { AuditEvent, EventQuery, Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import type { EventReport } from "../../src/events/event-manager.js";
import { openWorld, type World } from "../support/open-world.js";

interface Busy extends World {
  readonly id: string;
  /** What is done before every read of a page of events, and what a reader then finds in it. */
  readonly during: (
    act: (query: EventQuery) => Promise<unknown>,
    tamper?: (events: readonly AuditEvent[]) => AuditEvent[],
  ) => void;
}

/** A key with six events, read two at a time. */
async function openBusy(): Promise<Busy> {
  const inner = memoryStore();
  let meanwhile: (query: EventQuery) => Promise<unknown> = async () => undefined;
  let tampered = (events: readonly AuditEvent[]): readonly AuditEvent[] => events;
  let isActing = false;
  const store: Store = {
    ...inner,
    events: async (query) => {
      if (!isActing) {
        isActing = true;
        await meanwhile(query);
        isActing = false;
      }
      const page = await inner.events({ ...query, limit: 2 });
      return { ...page, items: tampered(page.items) };
    },
  };
  const world = openWorld(store);
  const { key } = await world.keyring.create({ owner: "anna", name: "0" });
  for (const name of ["1", "2", "3", "4", "5"]) {
    world.clock.advance(1);
    await world.keyring.update(key.id, { name });
  }
  world.clock.advance(1);
  return {
    ...world,
    id: key.id,
    during: (act, tamper = (events) => [...events]) => {
      meanwhile = act;
      tampered = tamper;
    },
  };
}

const shown = ({ damage }: EventReport): readonly unknown[] => damage.map(({ kind, version }) => [kind, version]);
const without = (version: number) => (events: readonly AuditEvent[]) =>
  events.filter((event) => event.version !== version);

/** Changes of a key by processes whose clocks go ahead of that of the reader, and behind it, in turn. */
function changing({ keyring, clock, id }: Busy): () => Promise<unknown> {
  let name = 0;
  const start = clock.now();
  return async () => {
    name += 1;
    const nowMs = clock.now();
    clock.set(name % 2 === 0 ? start + name : start - 4 + (name % 3));
    await keyring.update(id, { metadata: { name } });
    clock.set(nowMs);
  };
}

describe("what goes on while a chain is read is no damage", () => {
  it("a change at every page, for ever, at whatever time", async () => {
    const world = await openBusy();
    world.during(changing(world));
    expect(await world.keyring.events.verify()).toMatchObject({ ok: true, keys: 1, damage: [] });
    expect(await world.keyring.events.verify({ keyId: world.id })).toMatchObject({ ok: true, keys: 1, damage: [] });
  });

  it("a purge and a change at every page", async () => {
    const world = await openBusy();
    const { keyring, clock, during, id } = world;
    const change = changing(world);
    let border = clock.now() - 6;
    during(async () => {
      await change();
      border += 1;
      clock.advance(1);
      await keyring.events.purge(border);
    });
    expect(await keyring.events.verify({ keyId: id })).toMatchObject({ ok: true, damage: [] });
  });

  it("a purge that is recorded when those before it have been looked up already", async () => {
    const day = 86_400_000;
    const { keyring, clock, during, id } = await openBusy();
    const { key } = await keyring.create({ owner: "anna", name: "Export" });
    const early = clock.now() + 1;
    clock.advance(5 * day);
    await Promise.all([id, key.id].map((each) => keyring.disable(each)));
    const seal = await keyring.events.seal();
    clock.advance(5 * day);
    await Promise.all([id, key.id].map((each) => keyring.enable(each)));
    clock.advance(5 * day);
    await keyring.events.purge(early);
    const looked = new Set<string>();
    during(async ({ keyId }) => {
      if (keyId !== undefined) looked.add(keyId);
      if (looked.size === 2) await keyring.events.purge(clock.now());
    });
    expect(await keyring.events.verify({ seal })).toMatchObject({ ok: true, purged: 2, damage: [] });
  });

  it("an erasure at every page", async () => {
    const { keyring, clock, during, id } = await openBusy();
    const { items } = await keyring.events.list({ keyId: id, sort: "oldest" });
    const left = [...items].reverse();
    during(async () => {
      clock.advance(1);
      const event = left.pop();
      if (event !== undefined) await keyring.events.erase(event);
    });
    expect(await keyring.events.verify({ keyId: id })).toMatchObject({ ok: true, damage: [] });
  });
});

describe("damage is found amid changes", () => {
  it("an event that is missing", async () => {
    const world = await openBusy();
    world.during(changing(world), without(3));
    expect(shown(await world.keyring.events.verify())).toEqual([["missing", 3]]);
  });

  it("the last event of a key, cut off before it is changed again", async () => {
    const world = await openBusy();
    world.during(changing(world), without(6));
    const { damage } = await world.keyring.events.verify({ keyId: world.id });
    expect(damage).toEqual([{ keyId: world.id, kind: "missing", version: 6, through: 6 }]);
  });

  it("an edit of what was there before", async () => {
    const world = await openBusy();
    const edit = (event: AuditEvent): AuditEvent => (event.version === 4 ? { ...event, actor: "mallory" } : event);
    world.during(changing(world), (events) => events.map(edit));
    expect(shown(await world.keyring.events.verify())).toEqual([["edited", 4]]);
  });
});
