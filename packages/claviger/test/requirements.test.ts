import { describe, expect, it } from "vitest";
import { onEachStore } from "./support/on-each-store.js";
import { openWorld, type World } from "./support/open-world.js";

async function codeOf({ keyring }: World, token: string, scopes: readonly string[] = []): Promise<string> {
  const verdict = await keyring.verify(token, { scopes });
  return verdict.ok ? "ok" : verdict.code;
}

let owners = 0;
function freshOwner(): string {
  owners += 1;
  return `user ${owners}`;
}

onEachStore((createStore) => {
  const open = (): { world: World; owner: string } => ({ world: openWorld(createStore()), owner: freshOwner() });

  describe("konfipay", () => {
    it("KF-5 KF-6 KF-20 a deactivated key fails, and works again with the same value once it is reactivated", async () => {
      const { world, owner } = open();
      const { key, token } = await world.keyring.create({ owner, name: "ERP" });
      expect((await world.keyring.disable(key.id)).status).toBe("disabled");
      expect(await codeOf(world, token)).toBe("disabled");
      expect((await world.keyring.enable(key.id)).status).toBe("active");
      expect(await codeOf(world, token)).toBe("ok");
    });

    it("KF-7 a regenerated key is the same record with another value, and the old one fails from that moment", async () => {
      const { world, owner } = open();
      const { key, token } = await world.keyring.create({ owner, name: "ERP", metadata: { team: "billing" } });
      const regenerated = await world.keyring.rotate(key.id, { overlap: 0 });
      expect(regenerated.key).toEqual({ ...key, version: 2 });
      expect(regenerated.token).not.toBe(token);
      expect(await codeOf(world, token)).toBe("unknown");
      expect(await codeOf(world, regenerated.token)).toBe("ok");
    });

    it("KF-8 KF-20 a deleted key fails, is gone from the overview, and does not come back", async () => {
      const { world, owner } = open();
      const { key, token } = await world.keyring.create({ owner, name: "ERP" });
      await world.keyring.delete(key.id);
      expect(await codeOf(world, token)).toBe("unknown");
      expect((await world.keyring.list({ owner })).items).toEqual([]);
      await expect(world.keyring.get(key.id)).rejects.toMatchObject({ code: "not_found" });
      await expect(world.keyring.enable(key.id)).rejects.toMatchObject({ code: "not_found" });
      await world.keyring.delete(key.id);
    });

    it("KF-8 what is left of a deleted key is id, tenant, times, version and the head of its events", async () => {
      const { world, owner } = open();
      const { key } = await world.keyring.create({ owner, name: "ERP", metadata: { team: "billing" } });
      world.clock.advance(7);
      await world.keyring.delete(key.id);
      const { id, tenant, createdAt } = key;
      const tombstone = { state: "destroyed", id, tenant, createdAt, updatedAt: createdAt + 7, version: 2 };
      expect(await world.store.find([id])).toEqual([{ ...tombstone, head: world.events.at(-1)?.chain?.hash }]);
    });

    it("KF-11 a name is required", async () => {
      const { world, owner } = open();
      for (const name of ["", "   "]) {
        await expect(world.keyring.create({ owner, name })).rejects.toMatchObject({
          code: "invalid_input",
          field: "name",
        });
      }
    });

    it("KF-12 KF-13 a call outside a key's permissions fails, and the answer says which are missing", async () => {
      const { world, owner } = open();
      const { token } = await world.keyring.create({ owner, name: "Statements", scopes: ["documents:*"] });
      expect(await codeOf(world, token, ["documents:read"])).toBe("ok");
      expect(await world.keyring.verify(token, { scopes: ["documents:read", "payments:send"] })).toMatchObject({
        ok: false,
        code: "insufficient_scope",
        missingScopes: ["payments:send"],
      });
    });

    it("KF-17 SD-11 an owner has several keys; ending one leaves the others", async () => {
      const { world, owner } = open();
      const made = await Promise.all(["ERP", "Export", "Shop"].map((name) => world.keyring.create({ owner, name })));
      const [erp, exporting, shop] = made;
      await world.keyring.disable(erp?.key.id ?? "");
      await world.keyring.revoke(exporting?.key.id ?? "");
      expect(await Promise.all(made.map(({ token }) => codeOf(world, token)))).toEqual(["disabled", "revoked", "ok"]);
      expect((await world.keyring.list({ owner, status: "active" })).items).toEqual([shop?.key]);
    });

    it("KF-19 name and scopes change without a new value", async () => {
      const { world, owner } = open();
      const { key, token } = await world.keyring.create({ owner, name: "ERP", scopes: ["a:b"] });
      const updated = await world.keyring.update(key.id, { name: "ERP 2", scopes: ["c:d"] });
      expect(updated).toMatchObject({ name: "ERP 2", scopes: ["c:d"], version: 2 });
      expect(await codeOf(world, token, ["c:d"])).toBe("ok");
      expect(await codeOf(world, token, ["a:b"])).toBe("insufficient_scope");
    });

    it("KF-24 deny and allow lists on resources bind a key; deny wins", async () => {
      const { world, owner } = open();
      const restrictions = { resources: { account: { allow: ["DE1", "DE2"], deny: ["DE2"] } } };
      const { token } = await world.keyring.create({ owner, name: "ERP", restrictions });
      const on = async (account: string): Promise<boolean> =>
        (await world.keyring.verify(token, { resources: { account } })).ok;
      expect([await on("DE1"), await on("DE2"), await on("DE3")]).toEqual([true, false, false]);
      expect((await world.keyring.verify(token)).ok).toBe(false);
      expect((await world.keyring.verify(token, { resources: "later" })).ok).toBe(true);
    });
  });

  describe("Qlik Cloud", () => {
    it("QL-22 a revocation cannot be undone", async () => {
      const { world, owner } = open();
      const { key, token } = await world.keyring.create({ owner, name: "ERP" });
      await world.keyring.revoke(key.id, { reason: "left the company" });
      await expect(world.keyring.enable(key.id)).rejects.toMatchObject({
        code: "illegal_transition",
        status: "revoked",
      });
      expect(await codeOf(world, token)).toBe("revoked");
      expect(world.events.slice(1)).toMatchObject([
        { type: "key.revoked", reason: "left the company", actor: "system" },
        { type: "key.refused", data: { act: "enable", code: "illegal_transition" } },
      ]);
    });

    it("QL-31 QL-32 the owner renames a key, and deletes it", async () => {
      const { world, owner } = open();
      const { key } = await world.keyring.create({ owner, name: "ERP" });
      expect((await world.keyring.update(key.id, { name: "Renamed" })).name).toBe("Renamed");
      await world.keyring.delete(key.id);
      expect((await world.keyring.list({ owner })).items).toEqual([]);
    });
  });

  describe("DocBits", () => {
    it("DB-9 SD-5 a new key may do nothing until it is told otherwise", async () => {
      const { world, owner } = open();
      const { key, token } = await world.keyring.create({ owner, name: "ERP" });
      expect(key.scopes).toEqual([]);
      expect(await codeOf(world, token)).toBe("ok");
      for (const scope of ["a", "a:b", "invoices:read"])
        expect(await codeOf(world, token, [scope])).toBe("insufficient_scope");
    });
  });

  describe("sevdesk", () => {
    it("SD-12 SD-15 a read-only key reads, and writes nothing", async () => {
      const { world, owner } = open();
      const { token } = await world.keyring.create({
        owner,
        name: "SEPApro",
        scopes: ["invoices:read", "contacts:read"],
      });
      expect(await codeOf(world, token, ["invoices:read", "contacts:read"])).toBe("ok");
      for (const scope of ["invoices:write", "contacts:write"])
        expect(await codeOf(world, token, [scope])).toBe("insufficient_scope");
    });

    it("SD-17 SD-18 SD-19 keys are deactivated, deleted and reset by themselves, and the owner's others stay", async () => {
      const { world, owner } = open();
      const [one, two, three, four] = await Promise.all(
        [1, 2, 3, 4].map((index) => world.keyring.create({ owner, name: `Program ${index}` })),
      );
      if (!one || !two || !three || !four) throw new Error("four were asked for");
      await world.keyring.disable(one.key.id);
      await world.keyring.delete(two.key.id);
      const reset = await world.keyring.rotate(three.key.id, { overlap: 0 });
      const tokens = [one.token, two.token, three.token, reset.token, four.token];
      expect(await Promise.all(tokens.map((token) => codeOf(world, token)))).toEqual([
        "disabled",
        "unknown",
        "unknown",
        "ok",
        "ok",
      ]);
    });
  });

  describe("rotation without downtime", () => {
    it("both secrets verify until the overlap ends or the rotation is finished; cancelling keeps the old one", async () => {
      const { world, owner } = open();
      const { key, token: old } = await world.keyring.create({ owner, name: "ERP" });
      const { token: fresh, key: rotating } = await world.keyring.rotate(key.id, { overlap: "1h" });
      expect(rotating.rotation).toEqual({ startedAt: world.clock.now(), endsAt: world.clock.now() + 3_600_000 });
      expect([await codeOf(world, old), await codeOf(world, fresh)]).toEqual(["ok", "ok"]);
      expect((await world.keyring.cancelRotation(key.id)).rotation).toBeNull();
      expect([await codeOf(world, old), await codeOf(world, fresh)]).toEqual(["ok", "unknown"]);
      const { token: second } = await world.keyring.rotate(key.id, { overlap: "1h" });
      await world.keyring.finishRotation(key.id);
      expect([await codeOf(world, old), await codeOf(world, second)]).toEqual(["unknown", "ok"]);
      const { token: third } = await world.keyring.rotate(key.id, { overlap: "1h" });
      world.clock.advance(3_600_000);
      expect([await codeOf(world, second), await codeOf(world, third)]).toEqual(["unknown", "ok"]);
    });

    it("the old secret never outlives the key's former expiry, whatever new one it is given", async () => {
      const { world, owner } = open();
      const { key, token: old } = await world.keyring.create({ owner, name: "ERP", expiresIn: "1h" });
      const { token: fresh } = await world.keyring.rotate(key.id, { overlap: "1d", expiresIn: "30d" });
      world.clock.advance(3_599_999);
      expect([await codeOf(world, old), await codeOf(world, fresh)]).toEqual(["ok", "ok"]);
      world.clock.advance(1);
      expect([await codeOf(world, old), await codeOf(world, fresh)]).toEqual(["unknown", "ok"]);
    });

    it("a leak ends both secrets at once", async () => {
      const { world, owner } = open();
      const { key, token: old } = await world.keyring.create({ owner, name: "ERP" });
      const { token: fresh } = await world.keyring.rotate(key.id);
      expect((await world.keyring.revoke(key.id, { leaked: true })).status).toBe("compromised");
      expect([await codeOf(world, old), await codeOf(world, fresh)]).toEqual(["compromised", "compromised"]);
    });
  });

  describe("events", () => {
    it("each change has one, with its version, time, actor and reason; a refused act has one without a version, and a read none", async () => {
      const { world, owner } = open();
      const { keyring, clock, events } = world;
      const { key, token } = await keyring.create({ owner, name: "ERP", reason: "go-live" });
      clock.advance(1);
      await keyring.update(key.id, { name: "ERP 2" }, { reason: "typo" });
      await keyring.get(key.id);
      await keyring.list({ owner });
      await keyring.verify(token);
      await keyring.enable(key.id);
      await keyring.rotate(key.id);
      await keyring.rotate(key.id).catch(() => undefined);
      await keyring.cancelRotation(key.id);
      await keyring.rotate(key.id);
      await keyring.finishRotation(key.id);
      await keyring.disable(key.id);
      await keyring.enable(key.id);
      await keyring.revoke(key.id);
      await keyring.revoke(key.id);
      await keyring.revoke(key.id, { leaked: true });
      await keyring.delete(key.id, { reason: "tidy" });
      const types = [
        "created",
        "updated",
        "rotated",
        "refused",
        "rotation_cancelled",
        "rotated",
        "rotation_finished",
        "disabled",
        "enabled",
        "revoked",
        "compromised",
        "deleted",
      ];
      expect(events.map(({ type }) => type)).toEqual(types.map((type) => `key.${type}`));
      const versions = events.flatMap(({ type, version }) => (type === "key.refused" ? [] : [version]));
      expect(versions).toEqual(Array.from({ length: types.length - 1 }, (_, index) => index + 1));
      expect(new Set(events.map(({ id }) => id)).size).toBe(types.length);
      expect(
        events.every((event) => event.actor === "system" && event.keyId === key.id && event.tenant === "default"),
      ).toBe(true);
      expect(events.map(({ reason }) => reason).filter((reason) => reason !== undefined)).toEqual([
        "go-live",
        "typo",
        "tidy",
      ]);
    });
  });
});
