import { describe, expect, it } from "vitest";
import type { KeyManager } from "../src/keyring.js";
import { onEachStore } from "./support/on-each-store.js";
import { openWorld } from "./support/open-world.js";

const KEY = { owner: "user_1", name: "A key" };

const VERBS: { readonly [verb: string]: (keys: KeyManager, id: string) => Promise<unknown> } = {
  get: (keys, id) => keys.get(id),
  update: (keys, id) => keys.update(id, { name: "Taken over" }),
  disable: (keys, id) => keys.disable(id),
  enable: (keys, id) => keys.enable(id),
  rotate: (keys, id) => keys.rotate(id),
  finishRotation: (keys, id) => keys.finishRotation(id),
  cancelRotation: (keys, id) => keys.cancelRotation(id),
  revoke: (keys, id) => keys.revoke(id),
  "revoke, leaked": (keys, id) => keys.revoke(id, { leaked: true }),
  delete: (keys, id) => keys.delete(id),
};

let tenants = 0;
function freshTenant(): string {
  tenants += 1;
  return `tenant ${tenants}`;
}

onEachStore((createStore) => {
  describe("KF-1 a tenant", () => {
    it.each(Object.entries(VERBS))("cannot %s another's key: not_found, and the key is as it was", async (_, act) => {
      const { keyring, store, events } = openWorld(createStore());
      const [mine, other] = [freshTenant(), freshTenant()];
      const { key } = await keyring.tenant(mine).create(KEY);
      await keyring.tenant(mine).rotate(key.id);
      const before = await store.find([key.id]);
      const written = events.length;
      for (const keys of [
        keyring,
        keyring.tenant(other),
        keyring.tenant(`${mine} `),
        keyring.tenant(mine.toUpperCase()),
      ]) {
        await expect(act(keys, key.id)).rejects.toMatchObject({ code: "not_found", keyId: key.id });
      }
      expect(await store.find([key.id])).toEqual(before);
      expect(events).toHaveLength(written);
    });

    it("lists its own keys and no other", async () => {
      const { keyring } = openWorld(createStore());
      const [one, two] = [keyring.tenant(freshTenant()), keyring.tenant(freshTenant())];
      const made = [await one.create({ ...KEY, name: "One's" }), await two.create({ ...KEY, name: "Two's" })];
      expect((await one.list()).items).toEqual([made[0]?.key]);
      expect((await two.list({ search: "two" })).items).toEqual([made[1]?.key]);
      expect((await two.list({ search: "one" })).items).toEqual([]);
      expect((await keyring.tenant(freshTenant()).list()).items).toEqual([]);
    });

    it("counts its owners' keys by itself", async () => {
      const { keyring } = openWorld(createStore(), { settings: { maxKeysPerOwner: 1 } });
      const [one, two] = [keyring.tenant(freshTenant()), keyring.tenant(freshTenant())];
      await one.create(KEY);
      await two.create(KEY);
      await expect(one.create(KEY)).rejects.toMatchObject({ code: "limit_reached" });
    });

    it("cannot be walked into by another's cursor", async () => {
      const { keyring } = openWorld(createStore());
      const [one, two] = [keyring.tenant(freshTenant()), keyring.tenant(freshTenant())];
      for (let made = 0; made < 3; made += 1) await one.create(KEY);
      const { nextCursor = "" } = await one.list({ pageSize: 1 });
      expect(nextCursor).not.toBe("");
      expect(await two.list({ cursor: nextCursor })).toEqual({ items: [] });
    });
  });

  describe("verify", () => {
    it("accepts keys of every tenant; with { tenant } another's is restricted, with its id known, and nothing is charged", async () => {
      const { keyring } = openWorld(createStore());
      const tenant = freshTenant();
      const limits = [{ name: "budget", kind: "credits", limit: 3 } as const];
      const { key, token } = await keyring.tenant(tenant).create({ ...KEY, limits });
      expect(await keyring.verify(token)).toMatchObject({ ok: true, key: { id: key.id, tenant } });
      expect(await keyring.verify(token, { tenant })).toMatchObject({ ok: true, limits: [{ remaining: 1 }] });
      for (const other of ["default", "", tenant.toUpperCase(), `${tenant} `]) {
        expect(await keyring.verify(token, { tenant: other })).toEqual({
          ok: false,
          code: "restricted",
          keyId: key.id,
        });
      }
      expect(await keyring.verify(token, { tenant })).toMatchObject({ ok: true, limits: [{ remaining: 0 }] });
    });
  });

  it("the bare keyring manages the tenant default", async () => {
    const { keyring } = openWorld(createStore());
    const { key } = await keyring.create(KEY);
    expect(key.tenant).toBe("default");
    expect(await keyring.tenant("default").get(key.id)).toEqual(key);
  });

  it.each(["__proto__", "constructor", "'; DROP TABLE keys; --", "a\nb", "ünï", "x".repeat(128)])(
    "%j is a tenant like any other",
    async (name) => {
      const { keyring } = openWorld(createStore());
      const tenant = keyring.tenant(name);
      const { key, token } = await tenant.create({ owner: name, name });
      expect(await tenant.get(key.id)).toEqual(key);
      expect((await tenant.list({ owner: name, search: name })).items).toContainEqual(key);
      expect(await keyring.verify(token, { tenant: name })).toMatchObject({ ok: true, key });
    },
  );
});
