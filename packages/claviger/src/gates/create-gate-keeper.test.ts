import {
  ClavigerError,
  type Gates,
  type OwnerRef,
  type OwnerStanding,
  type SettingsEvent,
  type Signal,
  type Store,
  type UsedKeyRecord,
} from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { countingStore, fakeClock, waitingStore } from "@claviger/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aKey } from "../../../core/test/a-key.js";
import { createStopwatch } from "../elapsed.js";
import { checkedStore } from "../store/checked-store.js";
import { guardStore } from "../store/guarded-store.js";
import { WarmKey } from "../warm-key.js";
import { createGateKeeper } from "./create-gate-keeper.js";
import type { GateKeeper } from "./gate-keeper.js";
import type { GatePolicy } from "./tenant-gates.js";

const OPEN: Gates = { tenantEnabled: true, ownerSuspended: false, ownerLimits: [], tenantLimits: [] };

const POLICY: GatePolicy = { requireEnabled: false, ownerLimits: [], tenantLimits: [] };

const keyOf = (tenant: string, owner: string): UsedKeyRecord => aKey({ tenant, owner });
const KEY = keyOf("t_1", "anna");

function keep(store: Pick<Store, "settings" | "owners">, gateStaleMs = 1_000): GateKeeper {
  const stopwatch = createStopwatch(fakeClock().now);
  return createGateKeeper({ store, settings: POLICY, stopwatch, gateStaleMs });
}

let events = 0;
function noteOf(tenant: string): Pick<SettingsEvent, "id" | "tenant" | "actor" | "at" | "data"> {
  events += 1;
  return { id: `event ${events}`, tenant, actor: "system", at: events, data: {} };
}

async function switchOff(store: Store, tenant: string): Promise<void> {
  const next = { tenant, version: 1, updatedAt: 1, settings: { enabled: false } };
  await store.settings.replace(next, 0, { ...noteOf(tenant), type: "settings.updated" });
}

async function suspend(store: Store, tenant: string, owner: string): Promise<void> {
  await store.owners.suspend({ ...noteOf(tenant), type: "owner.suspended", owner });
}

describe("the gates before a key", () => {
  it("are read at first, both sides at once, and known from then on without waiting", async () => {
    const { store, calls } = countingStore(waitingStore(memoryStore()));
    const gates = keep(store);
    const asked = gates.of(KEY);
    expect([calls["settings.get"], calls["owners.read"]]).toEqual([1, 1]);
    expect(asked).toBeInstanceOf(Promise);
    expect(await asked).toEqual(OPEN);
    expect(gates.of(KEY)).toEqual(OPEN);
    expect([calls["settings.get"], calls["owners.read"]]).toEqual([1, 1]);
  });

  it("of another owner or another tenant cost only the read of what is not known yet", async () => {
    const { store, calls } = countingStore(waitingStore(memoryStore()));
    const gates = keep(store);
    await gates.of(KEY);
    await gates.of(keyOf("t_1", "ben"));
    expect([calls["settings.get"], calls["owners.read"]]).toEqual([1, 2]);
    await gates.of(keyOf("t_2", "anna"));
    expect([calls["settings.get"], calls["owners.read"]]).toEqual([2, 3]);
  });

  it("are the tenant's and the owner's own, whatever their names", async () => {
    const piece = fc.constantFrom("a", "1", " ", "1 a", "__proto__", "constructor");
    const name = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(""));
    const who = fc.record({ tenant: name, owner: name });
    await fc.assert(
      fc.asyncProperty(who, who, who, async (off, suspended, asking) => {
        const store = memoryStore();
        await switchOff(store, off.tenant);
        await suspend(store, suspended.tenant, suspended.owner);
        const gates = keep(store);
        for (const { tenant, owner } of [off, suspended]) await gates.of(keyOf(tenant, owner));
        expect(await gates.of(keyOf(asking.tenant, asking.owner))).toEqual({
          ...OPEN,
          tenantEnabled: asking.tenant !== off.tenant,
          ownerSuspended: asking.tenant === suspended.tenant && asking.owner === suspended.owner,
        });
      }),
    );
  });

  it("are no other owner's, wherever a name ends and the other begins", async () => {
    const text = "1 a 1 a 3 b";
    const who = [0, 1].flatMap((gap) =>
      Array.from({ length: text.length - gap - 1 }, (_, index) => ({
        tenant: text.slice(0, index + 1),
        owner: text.slice(index + 1 + gap),
      })),
    );
    for (const suspended of who) {
      const store = memoryStore();
      await suspend(store, suspended.tenant, suspended.owner);
      const gates = keep(store);
      await gates.of(keyOf(suspended.tenant, suspended.owner));
      for (const asking of who) {
        const { ownerSuspended } = await gates.of(keyOf(asking.tenant, asking.owner));
        expect(ownerSuspended).toBe(asking.tenant === suspended.tenant && asking.owner === suspended.owner);
      }
    }
  });
});

describe("a signal", () => {
  const signals: readonly (readonly [string, Signal, Gates])[] = [
    ["of the tenant", { kind: "tenant", tenant: "t_1" }, { ...OPEN, tenantEnabled: false }],
    ["of another tenant", { kind: "tenant", tenant: "anna" }, OPEN],
    ["of the owner", { kind: "owner", tenant: "t_1", owner: "anna" }, { ...OPEN, ownerSuspended: true }],
    ["of another tenant's owner", { kind: "owner", tenant: "t_2", owner: "anna" }, OPEN],
    ["that it hears again", { kind: "hearing" }, { ...OPEN, tenantEnabled: false, ownerSuspended: true }],
    ["that it may not hear", { kind: "lost" }, OPEN],
    ["of the key", { kind: "key", keyId: KEY.id }, OPEN],
  ];

  it.each(signals)("%s has that and nothing else be read anew", async (_, signal, expected) => {
    const store = waitingStore(memoryStore());
    const gates = keep(store);
    expect(await gates.of(KEY)).toEqual(OPEN);
    await switchOff(store, KEY.tenant);
    await suspend(store, KEY.tenant, KEY.owner);
    gates.hear(signal);
    expect(await gates.of(KEY)).toEqual(expected);
  });
});

describe("the gates before a key, of a store that waits for nothing", () => {
  const opened = (gateStaleMs = 1_000) => {
    const { store, calls } = countingStore(memoryStore());
    const clock = fakeClock();
    const stopwatch = createStopwatch(clock.now);
    const { recall, readAtOnce, hear } = createGateKeeper({ store, settings: POLICY, stopwatch, gateStaleMs });
    const reads = (): number[] => [calls["settings.get"], calls["owners.read"]];
    const known = (key: WarmKey): Gates | undefined => recall(key, stopwatch.read());
    const read = (key: WarmKey): Gates | undefined => readAtOnce?.(key, stopwatch.read());
    return { store, clock, hear, reads, known, read };
  };
  const warm = (tenant: string, owner: string): WarmKey => new WarmKey(keyOf(tenant, owner), true);

  it("are read by who asks for that, and known for as long as they may be, for all keys of the owner", async () => {
    const { store, clock, known, read, reads } = opened();
    const [key, sibling] = [warm("t_1", "anna"), warm("t_1", "anna")];
    expect([known(key), reads()]).toEqual([undefined, [0, 0]]);
    expect([read(key), known(key), known(sibling), reads()]).toEqual([OPEN, OPEN, OPEN, [1, 1]]);
    await suspend(store, "t_1", "anna");
    clock.advance(999);
    expect([known(key), known(sibling), reads()]).toEqual([OPEN, OPEN, [1, 1]]);
    clock.advance(1);
    const suspended = { ...OPEN, ownerSuspended: true };
    expect([known(key), read(sibling), known(key), reads()]).toEqual([undefined, suspended, suspended, [2, 2]]);
  });

  it("promise 9: are read once a tenant and an owner, and no longer relied upon than the older of the two", () => {
    const { clock, known, read, reads } = opened();
    const [first, second] = [warm("t_1", "anna"), warm("t_1", "ben")];
    read(first);
    clock.advance(600);
    expect([read(second), reads()]).toEqual([OPEN, [1, 2]]);
    clock.advance(399);
    expect([known(first), known(second)]).toEqual([OPEN, OPEN]);
    clock.advance(1);
    expect([known(first), known(second)]).toEqual([undefined, undefined]);
    expect([read(second), read(first), reads()]).toEqual([OPEN, OPEN, [2, 4]]);
  });

  it("are to be read anew once anything was heard to change; of gateStaleMs 0 each time", async () => {
    const { store, hear, known, read } = opened();
    const key = warm("t_1", "anna");
    read(key);
    await switchOff(store, "t_1");
    expect(known(key)).toEqual(OPEN);
    hear({ kind: "tenant", tenant: "t_1" });
    expect([known(key), read(key), known(key)]).toEqual([
      undefined,
      ...Array(2).fill({ ...OPEN, tenantEnabled: false }),
    ]);

    const anew = opened(0);
    for (let times = 1; times < 4; times += 1)
      expect([anew.known(key), anew.read(key), anew.reads()]).toEqual([undefined, OPEN, [times, times]]);
  });

  it("are waited for, where one half of them is", () => {
    const { settings, owners, ...inner } = memoryStore();
    const halves = [
      { ...inner, settings, owners: { ...owners, read: (asked: readonly OwnerRef[]) => owners.read(asked) } },
      { ...inner, owners, settings: { ...settings, get: (asked: readonly string[]) => settings.get(asked) } },
    ];
    for (const store of halves) expect(keep(store).readAtOnce).toBeUndefined();
  });

  it("promise 4: trouble is thrown, and asked for again", () => {
    const inner = memoryStore();
    let broken = true;
    const standing = (): OwnerStanding => {
      if (broken) throw new Error("the store is down");
      return { suspendedAt: null };
    };
    const read = Object.assign((owners: readonly OwnerRef[]) => inner.owners.read(owners), { atOnce: standing });
    const store = guardStore(checkedStore({ ...inner, owners: { ...inner.owners, read } }), async () => {});
    const ask = (): unknown => keep(store).readAtOnce?.(warm("t_1", "anna"), createStopwatch().read());
    expect(ask).toThrow(expect.objectContaining({ code: "store_unavailable" }));
    broken = false;
    expect(ask()).toEqual(OPEN);
  });
});

describe("promise 4: trouble opens no gate, and shuts none", () => {
  const answers: readonly (readonly [string, Partial<Record<"get" | "read", unknown>>])[] = [
    ["no answer for a tenant", { get: [] }],
    ["two answers for a tenant", { get: [undefined, undefined] }],
    ["what is no list for a tenant", { get: null }],
    ["settings without settings", { get: [{ tenant: "t_1", version: 1, updatedAt: 1, settings: null }] }],
    ["no answer for an owner", { read: [] }],
    ["what is no list for an owner", { read: 5 }],
    ["a standing that says nothing", { read: [{}] }],
    ["a suspension at no time", { read: [{ suspendedAt: "yesterday" }] }],
  ];

  it.each(answers)("%s is store_unavailable, and asked for again", async (_, { get, read }) => {
    const inner = memoryStore();
    let broken = true;
    const store: Store = {
      ...inner,
      settings: {
        ...inner.settings,
        get: async (tenants) => (broken && get !== undefined ? (get as never) : inner.settings.get(tenants)),
      },
      owners: {
        ...inner.owners,
        read: async (owners) => (broken && read !== undefined ? (read as never) : inner.owners.read(owners)),
      },
    };
    const gates = keep(guardStore(checkedStore(store), async () => undefined));
    await expect(gates.of(KEY)).rejects.toMatchObject({ code: "store_unavailable", cause: expect.any(Error) });
    broken = false;
    expect(await gates.of(KEY)).toEqual(OPEN);
  });

  it("what the store throws is passed on, both sides failing or one, and leaves no rejection behind", async () => {
    const inner = memoryStore();
    const error = new ClavigerError("store_unavailable", "the store failed");
    const fail = (): Promise<never> => Promise.reject(error);
    for (const store of [
      { settings: { ...inner.settings, get: fail }, owners: inner.owners },
      { settings: inner.settings, owners: { ...inner.owners, read: fail } },
      { settings: { ...inner.settings, get: fail }, owners: { ...inner.owners, read: fail } },
    ]) {
      await expect(keep(store).of(KEY)).rejects.toBe(error);
    }
  });
});
