import type { AuditEvent, Store } from "@claviger/core";
import { describe, expect, it } from "vitest";
import type { KeyManager } from "../../src/keyring.js";
import { onEachStore } from "../support/on-each-store.js";
import { openWorld, type World } from "../support/open-world.js";

const SHARING_NONE = { ownerLimits: [], tenantLimits: [] };

const KEY = { owner: "anna", name: "A key" };

let tenants = 0;
function freshTenant(): string {
  tenants += 1;
  return `gated ${tenants}`;
}

async function verdictOf({ keyring }: World, token: string): Promise<string> {
  const verdict = await keyring.verify(token);
  return verdict.ok ? "ok" : verdict.code;
}

async function logOf(store: Store, tenant: string): Promise<readonly AuditEvent[]> {
  return (await store.events({ tenant, order: "oldest", limit: 100 })).items;
}

/** What each switch does, and the code of the verdicts while it is off. */
const SWITCHES: {
  readonly [name: string]: {
    readonly off: (keys: KeyManager) => Promise<unknown>;
    readonly on: (keys: KeyManager) => Promise<unknown>;
    readonly code: string;
  };
} = {
  "QL-4 the tenant's": {
    off: (keys) => keys.settings.update({ enabled: false }),
    on: (keys) => keys.settings.update({ enabled: true }),
    code: "tenant_disabled",
  },
  "SD-6 the owner's": {
    off: (keys) => keys.owners.suspend("anna"),
    on: (keys) => keys.owners.resume("anna"),
    code: "owner_suspended",
  },
};

onEachStore((createStore) => {
  describe.each(Object.entries(SWITCHES))("%s switch", (_, { off, on, code }) => {
    it("ends every key at once, and brings the same tokens back as they were", async () => {
      const world = openWorld(createStore());
      const keys = world.keyring.tenant(freshTenant());
      const made = [
        await keys.create(KEY),
        await keys.create({ ...KEY, limits: [{ name: "n", kind: "credits", limit: 2 }] }),
      ];
      const { key: disabled, token: ofDisabled } = await keys.create(KEY);
      await keys.disable(disabled.id);
      for (const { token } of made) expect(await verdictOf(world, token)).toBe("ok");
      await off(keys);
      for (const { key, token } of made) {
        expect(await world.keyring.verify(token)).toEqual({ ok: false, code, keyId: key.id });
        expect(await keys.get(key.id)).toMatchObject({ status: "active", version: key.version });
      }
      await on(keys);
      // What was refused has spent none of the second key's two credits.
      for (const { token } of made) expect(await verdictOf(world, token)).toBe("ok");
      expect(await verdictOf(world, ofDisabled)).toBe("disabled");
    });

    it("comes before the key's status, its restrictions and its scopes, and tells nobody without the secret", async () => {
      const world = openWorld(createStore());
      const keys = world.keyring.tenant(freshTenant());
      const { key, token } = await keys.create({
        ...KEY,
        expiresIn: "1h",
        restrictions: { ip: { allow: ["10.0.0.1"] } },
      });
      await keys.revoke(key.id);
      expect(await world.keyring.verify(token, { scopes: ["invoices:read"] })).toMatchObject({ code: "revoked" });
      await off(keys);
      expect(await world.keyring.verify(token, { scopes: ["invoices:read"] })).toMatchObject({ code });
      world.clock.advance(3_600_000);
      expect(await verdictOf(world, token)).toBe(code);
      await keys.delete(key.id);
      expect(await world.keyring.verify(token)).toEqual({ ok: false, code: "unknown" });
    });

    it("twice the same way is once: nothing happens, and no event is written", async () => {
      const { keyring, store } = openWorld(createStore());
      const tenant = freshTenant();
      const keys = keyring.tenant(tenant);
      await off(keys);
      const once = await off(keys);
      expect(await off(keys)).toEqual(once);
      expect(await logOf(store, tenant)).toHaveLength(1);
      await on(keys);
      await on(keys);
      expect(await logOf(store, tenant)).toHaveLength(2);
    });

    it("is one tenant's: the same names elsewhere go on", async () => {
      const world = openWorld(createStore());
      const names = ["__proto__", "constructor", freshTenant(), freshTenant().toUpperCase()];
      const made = await Promise.all(names.map((name) => world.keyring.tenant(name).create(KEY)));
      for (const [index, name] of names.entries()) {
        await off(world.keyring.tenant(name));
        for (const [other, { token }] of made.entries())
          expect(await verdictOf(world, token)).toBe(other === index ? code : "ok");
        await on(world.keyring.tenant(name));
      }
    });
  });

  it("a tenant that is off comes before an owner who is suspended, who comes before a key that is revoked", async () => {
    const world = openWorld(createStore());
    const keys = world.keyring.tenant(freshTenant());
    const { key, token } = await keys.create(KEY);
    await keys.revoke(key.id);
    expect(await verdictOf(world, token)).toBe("revoked");
    await keys.owners.suspend("anna");
    expect(await verdictOf(world, token)).toBe("owner_suspended");
    await keys.settings.update({ enabled: false });
    expect(await verdictOf(world, token)).toBe("tenant_disabled");
    await keys.settings.update({ enabled: true });
    await keys.owners.resume("anna");
    expect(await verdictOf(world, token)).toBe("revoked");
  });

  describe("settings", () => {
    it("QL-3 with requireEnabled a tenant is off until it is switched on", async () => {
      const store = createStore();
      const world = openWorld(store, { settings: { requireEnabled: true } });
      const keys = world.keyring.tenant(freshTenant());
      const { token } = await keys.create(KEY);
      expect(await keys.settings.get()).toEqual({ ...SHARING_NONE, enabled: false, version: 0, updatedAt: null });
      expect(await verdictOf(world, token)).toBe("tenant_disabled");
      const updatedAt = world.clock.now();
      expect(await keys.settings.update({ enabled: true })).toEqual({
        ...SHARING_NONE,
        enabled: true,
        version: 1,
        updatedAt,
      });
      expect(await verdictOf(world, token)).toBe("ok");
      expect(await verdictOf(openWorld(store), token)).toBe("ok");
    });

    it("are on where nobody has said anything, and say since when they are as they are", async () => {
      const { keyring, clock } = openWorld(createStore());
      const { settings } = keyring.tenant(freshTenant());
      expect(await settings.get()).toEqual({ ...SHARING_NONE, enabled: true, version: 0, updatedAt: null });
      expect(await settings.update({})).toEqual({ ...SHARING_NONE, enabled: true, version: 0, updatedAt: null });
      const first = await settings.update({ enabled: false });
      expect(first).toEqual({ ...SHARING_NONE, enabled: false, version: 1, updatedAt: clock.now() });
      clock.advance(1);
      expect(await settings.update({ enabled: false })).toEqual(first);
      expect(await settings.update({ enabled: true })).toEqual({
        ...SHARING_NONE,
        enabled: true,
        version: 2,
        updatedAt: clock.now(),
      });
      expect(await settings.get()).toEqual({ ...SHARING_NONE, enabled: true, version: 2, updatedAt: clock.now() });
    });

    it("at another version than ifVersion are a conflict, at once, and unchanged; 0 is that of none", async () => {
      const { keyring, counts } = openWorld(createStore());
      const { settings } = keyring.tenant(freshTenant());
      await settings.update({ enabled: false }, { ifVersion: 0 });
      counts.reset();
      const stale = settings.update({ enabled: true }, { ifVersion: 0 });
      await expect(stale).rejects.toMatchObject({ code: "conflict", expectedVersion: 0, version: 1 });
      expect(counts.calls["settings.replace"]).toBe(0);
      expect(await settings.get()).toMatchObject({ enabled: false, version: 1 });
      await settings.update({ enabled: true }, { ifVersion: 1 });
    });

    it("of a later version survive: what this one does not know stays as it is", async () => {
      const { keyring, store } = openWorld(createStore());
      const tenant = freshTenant();
      const later = JSON.parse('{"maxKeysPerOwner":3,"webhooks":[{"url":"x"}],"__proto__":{"enabled":false}}');
      const event = {
        id: `later ${tenant}`,
        type: "settings.updated",
        tenant,
        actor: "system",
        at: 1,
        data: {},
      } as const;
      await store.settings.replace({ tenant, version: 1, updatedAt: 1, settings: later }, 0, event);
      await keyring.tenant(tenant).settings.update({ enabled: false });
      const [stored] = await store.settings.get([tenant]);
      expect(JSON.parse(JSON.stringify(stored?.settings))).toEqual({ ...later, enabled: false });
      expect(stored?.version).toBe(2);
    });

    it("that are stored as neither true nor false fail closed, until someone says which", async () => {
      const world = openWorld(createStore());
      const tenant = freshTenant();
      const keys = world.keyring.tenant(tenant);
      const { token } = await keys.create(KEY);
      const event = {
        id: `odd ${tenant}`,
        type: "settings.updated",
        tenant,
        actor: "system",
        at: 1,
        data: {},
      } as const;
      const settings = { enabled: "yes" as never };
      await world.store.settings.replace({ tenant, version: 1, updatedAt: 1, settings }, 0, event);
      expect(await keys.settings.get()).toMatchObject({ enabled: false });
      expect(await verdictOf(world, token)).toBe("tenant_disabled");
      await keys.settings.update({ enabled: true });
      expect(await verdictOf(world, token)).toBe("ok");
    });

    it("of three who switch at once each is done, who loses the swap after the winner; with ifVersion only one", async () => {
      const { keyring } = openWorld(createStore());
      const { settings } = keyring.tenant(freshTenant());
      await Promise.all([false, true, false].map((enabled) => settings.update({ enabled })));
      const { version, enabled } = await settings.get();
      const acts = [1, 2, 3].map(() => settings.update({ enabled: !enabled }, { ifVersion: version }));
      const outcomes = await Promise.allSettled(acts);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await settings.get()).toMatchObject({ enabled: !enabled, version: version + 1 });
    });

    it("twenty who switch at once make one line of versions, each with its event; who gives up says conflict", async () => {
      const { keyring, store } = openWorld(createStore());
      const tenant = freshTenant();
      const { settings } = keyring.tenant(tenant);
      const acts = Array.from({ length: 20 }, (_, index) => settings.update({ enabled: index % 2 === 0 }));
      for (const outcome of await Promise.allSettled(acts)) {
        if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
      }
      const { version, enabled } = await settings.get();
      const log = await logOf(store, tenant);
      expect(log.map((event) => event.version).toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: version }, (_, index) => index + 1),
      );
      expect(log.find((event) => event.version === version)?.data).toMatchObject({ to: { enabled } });
    });
  });

  describe("owners", () => {
    it("need hold no key, and say since when they are suspended", async () => {
      const { keyring, clock } = openWorld(createStore());
      const { owners } = keyring.tenant(freshTenant());
      expect(await owners.get("anna")).toEqual({ owner: "anna", suspendedAt: null });
      const suspendedAt = clock.now();
      expect(await owners.suspend("anna")).toEqual({ owner: "anna", suspendedAt });
      clock.advance(1);
      expect(await owners.suspend("anna")).toEqual({ owner: "anna", suspendedAt });
      expect(await owners.get("anna")).toEqual({ owner: "anna", suspendedAt });
      expect(await owners.resume("anna")).toEqual({ owner: "anna", suspendedAt: null });
      expect(await owners.get("anna")).toEqual({ owner: "anna", suspendedAt: null });
    });

    it("who are suspended may be given keys, which work once they are resumed", async () => {
      const world = openWorld(createStore());
      const keys = world.keyring.tenant(freshTenant());
      await keys.owners.suspend("anna");
      const { token } = await keys.create(KEY);
      const { token: ofBen } = await keys.create({ ...KEY, owner: "ben" });
      expect([await verdictOf(world, token), await verdictOf(world, ofBen)]).toEqual(["owner_suspended", "ok"]);
      await keys.owners.resume("anna");
      expect(await verdictOf(world, token)).toBe("ok");
    });
  });

  it("each change says who, why, from where and what", async () => {
    const { keyring, store, clock } = openWorld(createStore());
    const tenant = freshTenant();
    const { settings, owners } = keyring.tenant(tenant);
    const by = { reason: "trial ended", address: "2001:db8::1" };
    await settings.update({ enabled: false }, by);
    clock.advance(1);
    await settings.update({ enabled: true });
    clock.advance(1);
    await owners.suspend("anna", by);
    clock.advance(1);
    await owners.resume("anna");
    const common = { id: expect.any(String), tenant, actor: "system" };
    const at = clock.now() - 3;
    expect(await logOf(store, tenant)).toEqual([
      {
        ...common,
        ...by,
        type: "settings.updated",
        at,
        version: 1,
        data: { changed: ["enabled"], from: {}, to: { enabled: false } },
      },
      {
        ...common,
        type: "settings.updated",
        at: at + 1,
        version: 2,
        data: { changed: ["enabled"], from: { enabled: false }, to: { enabled: true } },
      },
      { ...common, ...by, type: "owner.suspended", owner: "anna", at: at + 2, data: {} },
      { ...common, type: "owner.resumed", owner: "anna", at: at + 3, data: {} },
    ]);
  });
});
