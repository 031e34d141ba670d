import { type ApiKey, defineScopes } from "@claviger/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeyManager, ListInput } from "../src/keyring.js";
import { onEachStore } from "./support/on-each-store.js";
import { openWorld, type World } from "./support/open-world.js";

const DAY_MS = 86_400_000;
let tenants = 0;

async function walk(keys: KeyManager, input: ListInput): Promise<readonly ApiKey[]> {
  const items: ApiKey[] = [];
  let cursor: string | undefined;
  do {
    const page = await keys.list({ ...input, ...(cursor !== undefined && { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}

const idsOf = (keys: readonly ApiKey[]): readonly string[] => keys.map(({ id }) => id);

onEachStore((createStore) => {
  const open = (options = {}): { world: World; keys: KeyManager } => {
    const world = openWorld(createStore(), options);
    tenants += 1;
    return { world, keys: world.keyring.tenant(`lists ${tenants}`) };
  };

  describe("QL-36 pages", () => {
    it("hold 20 unless asked, and walk every key once, newest or oldest first", async () => {
      const { world, keys } = open();
      const made: ApiKey[] = [];
      for (let index = 0; index < 45; index += 1) {
        if (index % 3 === 0) world.clock.advance(1_000);
        made.push((await keys.create({ owner: "user_1", name: `Key ${index}` })).key);
      }
      expect((await keys.list()).items).toHaveLength(20);
      const oldest = [...made].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
      for (const pageSize of [1, 7, 20, 45, 100]) {
        expect(idsOf(await walk(keys, { pageSize, sort: "oldest" }))).toEqual(idsOf(oldest));
        expect(idsOf(await walk(keys, { pageSize }))).toEqual(idsOf([...oldest].reverse()));
      }
      expect(await keys.list({ pageSize: 45 })).not.toHaveProperty("nextCursor");
    });
  });

  describe("QL-11 search", () => {
    it("finds a substring of name, id or owner, whatever its case, and of nothing else", async () => {
      const { keys } = open();
      const one = (
        await keys.create({
          owner: "Anna@Example.org",
          name: "Rechnungsexport ÄÖÜ 100%_",
          scopes: ["secretscope:read"],
          metadata: { hidden: "metadataword" },
          restrictions: { resources: { account: { allow: ["resourceword"] } } },
          limits: [{ name: "limitword", kind: "credits", limit: 1 }],
          reason: "reasonword",
        })
      ).key;
      const other = (await keys.create({ owner: "bob", name: "Other" })).key;
      const found = async (search: string): Promise<readonly string[]> => idsOf((await keys.list({ search })).items);
      for (const search of [
        "rechnung",
        "EXPORT",
        "äöü",
        "100%_",
        "anna@",
        "EXAMPLE.ORG",
        one.id,
        one.id.slice(3, 12).toLowerCase(),
      ]) {
        expect(await found(search)).toContain(one.id);
      }
      expect(await found("100%_")).toEqual([one.id]);
      for (const search of [
        "secretscope",
        "metadataword",
        "hidden",
        "resourceword",
        "limitword",
        "reasonword",
        "active",
        "system",
        "lists",
        "%",
        "_",
        "\\",
      ]) {
        const expected = search === "%" || search === "_" ? [one.id] : [];
        expect({ search, ids: await found(search) }).toEqual({ search, ids: expected });
      }
      expect(await found("Other")).toEqual([other.id]);
      // Across two fields is no hit.
      expect(await found(`100%_${one.id.slice(0, 2)}`)).toEqual([]);
    });
  });

  describe("filters", () => {
    it("QL-12 QL-13 QL-14 by status, as time makes it", async () => {
      const { world, keys } = open();
      const make = (extra = {}): Promise<string> =>
        keys.create({ owner: "user_1", name: "A key", ...extra }).then(({ key }) => key.id);
      const now = world.clock.now();
      const ids = {
        active: [await make()],
        pending: [await make({ notBefore: now + 2 * DAY_MS })],
        disabled: [await make()],
        expired: [await make({ expiresIn: "1d" }), await make({ expiresIn: "1d" })],
        revoked: [await make(), await make({ expiresIn: "1d" })],
        compromised: [await make()],
      };
      const gone = await make();
      await keys.delete(gone);
      for (const id of [...ids.disabled, ...ids.expired.slice(1)]) await keys.disable(id);
      for (const id of ids.revoked) await keys.revoke(id);
      for (const id of ids.compromised) await keys.revoke(id, { leaked: true });
      world.clock.advance(DAY_MS);
      for (const [status, expected] of Object.entries(ids)) {
        const { items } = await keys.list({ status: status as keyof typeof ids });
        expect({ status, ids: [...idsOf(items)].sort() }).toEqual({ status, ids: [...expected].sort() });
        expect(items.every((key) => key.status === status)).toBe(true);
      }
      // KF-8 a deleted key is gone from the overview.
      expect(idsOf(await walk(keys, {}))).not.toContain(gone);
    });

    it("by owner, exactly", async () => {
      const { keys } = open();
      const { key } = await keys.create({ owner: "user_1", name: "A key" });
      await keys.create({ owner: "user_10", name: "user_1" });
      await keys.create({ owner: "USER_1", name: "A key" });
      expect(idsOf((await keys.list({ owner: "user_1" })).items)).toEqual([key.id]);
    });

    it("by a scope that the grants cover, exactly as verify has it", async () => {
      const scopes = defineScopes(
        { invoices: ["read", "write"], payments: ["read", "send"], "invoices:drafts": ["read"] },
        { implies: { "invoices:write": ["invoices:read"] } },
      );
      const { world, keys } = open({ scopes });
      const grants = [
        "invoices:read",
        "invoices:write",
        "invoices:*",
        "*:read",
        "payments:**",
        "**",
        "invoices:drafts:read",
        "*:*:read",
      ];
      await fc.assert(
        fc.asyncProperty(fc.subarray(grants), async (granted) => {
          const owner = `scopes ${granted.join(" ")}`;
          const { token, key } = await keys.create({ owner, name: "A key", scopes: granted });
          for (const scope of scopes.scopes) {
            const verdict = await world.keyring.verify(token, { scopes: [scope] });
            const { items } = await keys.list({ owner, scope });
            expect({ scope, listed: idsOf(items).includes(key.id) }).toEqual({ scope, listed: verdict.ok });
          }
        }),
        { numRuns: 30 },
      );
    });

    it("joined by and", async () => {
      const { keys } = open();
      const { key } = await keys.create({ owner: "user_1", name: "Export", scopes: ["a:b"] });
      await keys.create({ owner: "user_1", name: "Export" });
      await keys.create({ owner: "user_2", name: "Export", scopes: ["a:b"] });
      const disabled = await keys.create({ owner: "user_1", name: "Export", scopes: ["a:b"] });
      await keys.disable(disabled.key.id);
      const { items } = await keys.list({ owner: "user_1", scope: "a:b", search: "exp", status: "active" });
      expect(items).toEqual([key]);
    });
  });

  it("KF-18 QL-10 shows what an overview needs, the same as get does", async () => {
    const { world, keys } = open();
    const { key } = await keys.create({ owner: "user_1", name: "A key", metadata: { team: ["a", { b: null }] } });
    world.clock.advance(5);
    const updated = await keys.update(key.id, { name: "Another" });
    expect((await keys.list()).items).toEqual([updated]);
    expect(await keys.get(key.id)).toEqual(updated);
    expect(updated).toMatchObject({
      name: "Another",
      owner: "user_1",
      createdAt: key.createdAt,
      updatedAt: key.createdAt + 5,
      status: "active",
      lastUsedAt: null,
    });
  });
});
