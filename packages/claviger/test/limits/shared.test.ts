import type { LimitInput, Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { usePostgres } from "../support/on-each-store.js";
import { openWorld } from "../support/open-world.js";
import { wholeLog } from "../support/whole-log.js";

const OWNER: readonly LimitInput[] = [{ name: "burst", kind: "rate", limit: 6, per: "1m" }];
const TENANT: readonly LimitInput[] = [{ name: "all", kind: "quota", limit: 9, refill: "day" }];
const settings = { ownerLimits: OWNER, tenantLimits: TENANT };

function declareOn(createStore: () => Store): void {
  // A tenant of each test's own: the stores share their data.
  const fresh = (given: Parameters<typeof openWorld>[1] = { settings }) => {
    const world = openWorld(createStore(), given);
    return { ...world, tenant: world.keyring.tenant(`t_${crypto.randomUUID()}`) };
  };

  it("promise 3: all keys of an owner share his limits, all keys of a tenant the tenant's, beside their own", async () => {
    const { keyring, tenant } = fresh();
    const own = [{ name: "own", kind: "credits", limit: 5 }] as const;
    const first = await tenant.create({ owner: "anna", name: "1", limits: own });
    const second = await tenant.create({ owner: "anna", name: "2" });
    const other = await tenant.create({ owner: "bert", name: "3" });
    expect(await keyring.verify(first.token, { cost: 4 })).toMatchObject({
      ok: true,
      limits: [
        { name: "own", remaining: 1 },
        { name: "burst", sharedBy: "owner", remaining: 2 },
        { name: "all", sharedBy: "tenant", remaining: 5 },
      ],
    });
    expect(await keyring.verify(second.token, { cost: 3 })).toMatchObject({
      ok: false,
      code: "rate_limited",
      limits: [{ name: "burst", remaining: 2, refused: true }, { name: "all" }],
    });
    expect(await keyring.verify(other.token, { cost: 5 })).toMatchObject({ ok: true });
    const denied = await keyring.verify(first.token, { cost: 2 });
    expect(denied).toMatchObject({ ok: false, code: "quota_exceeded" });
    expect(denied.limits?.map(({ name, refused }) => [name, refused])).toEqual([
      ["own", true],
      ["burst", undefined],
      ["all", true],
    ]);
    expect((await tenant.limits.peek(first.key.id)).map(({ remaining }) => remaining)).toEqual([1, 2, 0]);
  });

  it("a refund gives back to the owner and the tenant, too", async () => {
    const { keyring, tenant } = fresh();
    const { key, token } = await tenant.create({ owner: "anna", name: "1" });
    const verdict = await keyring.verify(token, { cost: 4 });
    await keyring.limits.refund(verdict);
    expect((await tenant.limits.peek(key.id)).map(({ remaining }) => remaining)).toEqual([6, 9]);
  });

  it("a tenant's own settings replace the keyring's, each list by itself; null brings them back; events say so", async () => {
    const { keyring, tenant } = fresh();
    const { key, token } = await tenant.create({ owner: "anna", name: "1" });
    const names = async () => (await tenant.limits.peek(key.id)).map(({ name, limit }) => `${name} ${limit}`);
    expect(await tenant.settings.get()).toMatchObject({
      ownerLimits: [{ algorithm: "gcra", per: 60_000 }],
      version: 0,
    });
    const updated = await tenant.settings.update({
      ownerLimits: [{ name: "burst", kind: "rate", limit: 2, per: "1m" }],
    });
    expect(updated).toMatchObject({
      version: 1,
      enabled: true,
      ownerLimits: [{ limit: 2 }],
      tenantLimits: [{ limit: 9 }],
    });
    expect(await names()).toEqual(["burst 2", "all 9"]);
    expect(await keyring.verify(token, { cost: 3 })).toMatchObject({ ok: false, code: "rate_limited" });
    await tenant.settings.update({ ownerLimits: [], tenantLimits: [] });
    expect(await names()).toEqual([]);
    expect((await tenant.settings.update({ ownerLimits: [], enabled: true })).version).toBe(3);
    await tenant.settings.update({ ownerLimits: null, tenantLimits: null });
    expect(await names()).toEqual(["burst 6", "all 9"]);
    const log = [...(await wholeLog(tenant.events, { types: ["settings.updated"] }))];
    // All at one time of the test's clock, so that the log's own order says nothing.
    log.sort((one, other) => (one.version ?? 0) - (other.version ?? 0));
    expect(log.map(({ data }) => data.changed)).toEqual([
      ["ownerLimits"],
      ["ownerLimits", "tenantLimits"],
      ["enabled"],
      ["ownerLimits", "tenantLimits"],
    ]);
    expect(log[0]?.data).toMatchObject({ from: {}, to: { ownerLimits: [{ name: "burst", limit: 2 }] } });
    expect(log[3]?.data).toEqual({
      changed: ["ownerLimits", "tenantLimits"],
      from: { ownerLimits: [], tenantLimits: [] },
      to: {},
    });
  });

  it("an amount that changes goes on from what was spent", async () => {
    const { keyring, tenant } = fresh();
    const { key, token } = await tenant.create({ owner: "anna", name: "1" });
    await keyring.verify(token, { cost: 6 });
    await tenant.settings.update({ tenantLimits: [{ name: "all", kind: "quota", limit: 20, refill: "day" }] });
    expect((await tenant.limits.peek(key.id)).map(({ remaining }) => remaining)).toEqual([0, 14]);
  });

  it("another period begins afresh, and on the way back the former count is there", async () => {
    const { keyring, tenant } = fresh();
    const { key, token } = await tenant.create({ owner: "anna", name: "1" });
    await keyring.verify(token, { cost: 5 });
    const left = async () => (await tenant.limits.peek(key.id)).map(({ remaining }) => remaining);
    const ownerLimits: readonly LimitInput[] = [{ name: "burst", kind: "rate", limit: 6, per: "1h" }];
    const tenantLimits: readonly LimitInput[] = [{ name: "all", kind: "quota", limit: 9, refill: "1h" }];
    await tenant.settings.update({ ownerLimits, tenantLimits });
    expect(await left()).toEqual([6, 9]);
    await tenant.settings.update({ ownerLimits: null, tenantLimits: null });
    expect(await left()).toEqual([1, 4]);
  });

  it("what is no list of limits is refused by name, and twice the same name", async () => {
    const { tenant } = fresh();
    for (const [input, field] of [
      [{ ownerLimits: "none" }, "ownerLimits"],
      [{ tenantLimits: [{ ...OWNER[0], limit: -1 }] }, "tenantLimits[0].limit"],
      [{ tenantLimits: [OWNER[0], OWNER[0]] }, "tenantLimits[1].name"],
    ] as const) {
      await expect(tenant.settings.update(input as never)).rejects.toMatchObject({ code: "invalid_input", field });
    }
  });
}

describe("limits that an owner or a tenant shares", () => {
  describe("in memory", () => declareOn(memoryStore));
  describe("on PostgreSQL", () => {
    const { createStore } = usePostgres();
    declareOn(() => createStore());
  });

  describe("on a store without meters that keys share", () => {
    const without = (): Store => {
      const inner = memoryStore();
      return { ...inner, capabilities: Object.freeze({ ...inner.capabilities, sharedMeters: false }) };
    };

    it("are refused by name: by createKeyring, and by settings.update before anything is written", async () => {
      for (const name of ["ownerLimits", "tenantLimits"] as const) {
        expect(() => openWorld(without(), { settings: { [name]: OWNER } })).toThrow(TypeError);
        expect(() => openWorld(without(), { settings: { [name]: OWNER } })).toThrow(
          `settings.${name} must be left out`,
        );
        const { keyring } = openWorld(without(), { settings: { [name]: [] } });
        const refusal = { code: "policy_violation", field: name };
        await expect(keyring.settings.update({ [name]: OWNER })).rejects.toMatchObject(refusal);
        expect((await keyring.settings.get()).version).toBe(0);
        expect(await keyring.settings.update({ [name]: [] })).toMatchObject({ version: 1 });
      }
    });
  });

  it("stored limits that make no sense are trouble in the store, and open no gate", async () => {
    const inner = memoryStore();
    const strange = { tenant: "default", version: 1, updatedAt: 0, settings: { ownerLimits: [{ kind: "wish" }] } };
    const store = { ...inner, settings: { ...inner.settings, get: async () => [strange as never] } };
    const { keyring } = openWorld(store);
    const { token } = await keyring.create({ owner: "anna", name: "1" });
    await expect(keyring.verify(token)).rejects.toMatchObject({ code: "store_unavailable" });
    await expect(keyring.settings.get()).rejects.toMatchObject({ code: "store_unavailable" });
  });
});
