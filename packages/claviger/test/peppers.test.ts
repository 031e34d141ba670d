import { formatToken, type Pepper, type Store, type StoredKey } from "@claviger/core";
import { describe, expect, it } from "vitest";
import type { KeyringOptions } from "../src/options.js";
import { onEachStore, usePostgres } from "./support/on-each-store.js";
import { openWorld, type World } from "./support/open-world.js";

const pepper = (id: string): Pepper => ({ id, secret: new TextEncoder().encode(`the pepper ${id} `.repeat(4)) });
const [OLD, NEW, OTHER] = [pepper("old"), pepper("new"), pepper("other")];

async function verdictOf({ keyring }: World, token: string): Promise<string> {
  const verdict = await keyring.verify(token);
  await keyring.flush();
  return verdict.ok ? "ok" : verdict.code;
}

async function rowOf({ store }: World, id: string): Promise<StoredKey | undefined> {
  return (await store.find([id]))[0];
}

onEachStore((createStore) => {
  /** Keyrings of one application, as its peppers change, over one store. */
  const eras = (...rings: readonly (readonly Pepper[])[]): readonly World[] => {
    const store = createStore();
    return rings.map((peppers) => openWorld(store, { peppers }));
  };
  const issue = (world: World | undefined): Promise<{ id: string; token: string }> => {
    if (world === undefined) throw new Error("no such era");
    return world.keyring
      .create({ owner: `owner ${Math.floor(issued++ / 50)}`, name: "A key" })
      .then(({ key, token }) => ({ id: key.id, token }));
  };
  let issued = 0;

  describe("pepper rotation", () => {
    it("verifies under every listed pepper, and digests anew under the first, once", async () => {
      const [before, during, after] = eras([OLD], [NEW, OLD], [NEW]) as [World, World, World];
      const { id, token } = await issue(before);
      expect(await verdictOf(during, token)).toBe("ok");
      expect(await rowOf(during, id)).toMatchObject({ version: 2, digest: { alg: "hmac-sha256", pepperId: "new" } });
      during.counts.reset();
      expect(await verdictOf(during, token)).toBe("ok");
      expect(during.counts.calls.replace).toBe(0);
      expect(await verdictOf(after, token)).toBe("ok");
      expect(during.events).toMatchObject([
        { type: "key.rehashed", keyId: id, version: 2, data: { secret: "current" }, actor: "system" },
      ]);
    });

    it("keyrings that sign under different peppers do not rehash after each other on every request", async () => {
      const [one, other] = eras([OLD, NEW], [NEW, OLD]) as [World, World];
      const { id, token } = await issue(one);
      for (let turn = 0; turn < 5; turn += 1) {
        expect([await verdictOf(other, token), await verdictOf(one, token)]).toEqual(["ok", "ok"]);
      }
      expect((await rowOf(one, id))?.version).toBeLessThanOrEqual(3);
      other.clock.advance(3_600_000);
      await verdictOf(other, token);
      expect(await rowOf(other, id)).toMatchObject({ digest: { pepperId: "new" } });
    });

    it("changes nothing that a person sees but the version", async () => {
      const [before, during] = eras([OLD], [NEW, OLD]) as [World, World];
      const { id, token } = await issue(before);
      const shown = await before.keyring.get(id);
      during.clock.advance(1_000);
      await verdictOf(during, token);
      expect(await during.keyring.get(id)).toEqual({ ...shown, version: 2 });
    });

    it("writes once for many verifies at once, and flush resolves when it is written", async () => {
      const [before, during] = eras([OLD], [NEW, OLD]) as [World, World];
      const { id, token } = await issue(before);
      await Promise.all(Array.from({ length: 20 }, () => during.keyring.verify(token)));
      await during.keyring.flush();
      expect(during.counts.calls.replace).toBe(1);
      expect(await rowOf(during, id)).toMatchObject({ version: 2, digest: { pepperId: "new" } });
    });

    it("digests both secrets of a key anew while two live, and keeps the rotation", async () => {
      const [before, during, after] = eras([OLD], [NEW, OLD], [NEW]) as [World, World, World];
      const { id, token: former } = await issue(before);
      const { token, key } = await before.keyring.rotate(id);
      expect(await verdictOf(during, former)).toBe("ok");
      expect(await verdictOf(during, token)).toBe("ok");
      expect((await during.keyring.get(id)).rotation).toEqual(key.rotation);
      expect(await verdictOf(after, former)).toBe("ok");
      expect(await verdictOf(after, token)).toBe("ok");
      const cancelled = await after.keyring.cancelRotation(id);
      expect(cancelled.rotation).toBeNull();
      expect(await verdictOf(after, former)).toBe("ok");
      expect(await verdictOf(after, token)).toBe("unknown");
    });

    it("leaves a key alone that is refused, whatever for", async () => {
      const [before, during] = eras([OLD], [NEW, OLD]) as [World, World];
      const { id, token } = await issue(before);
      await before.keyring.disable(id);
      expect(await verdictOf(during, token)).toBe("disabled");
      expect(await verdictOf(during, formatToken("acme_live", id, "W".repeat(32)))).toBe("unknown");
      expect((await during.keyring.verify(token, { tenant: "t_2" })).ok).toBe(false);
      await during.keyring.flush();
      expect(during.counts.calls.replace).toBe(0);
    });

    it("adds a pepper to keys that have none", async () => {
      const [before, after] = eras([], [NEW]) as [World, World];
      const { id, token } = await issue(before);
      expect(await rowOf(before, id)).toMatchObject({ digest: { alg: "sha256" } });
      expect(await verdictOf(after, token)).toBe("ok");
      expect(await rowOf(after, id)).toMatchObject({ version: 2, digest: { alg: "hmac-sha256", pepperId: "new" } });
      expect(await verdictOf(before, token)).toBe("unknown");
    });

    it("a pepper that is gone: unknown, and one loud event a process; nothing is tried as plain SHA-256", async () => {
      const [before, gone, none] = eras([OLD], [NEW], []) as [World, World, World];
      const { id, token } = await issue(before);
      for (const world of [gone, none]) {
        for (let turn = 0; turn < 5; turn += 1) expect(await verdictOf(world, token)).toBe("unknown");
        expect(world.events).toMatchObject([{ type: "pepper_missing", keyId: id, tenant: "default", data: {} }]);
        expect(world.counts.calls.replace).toBe(0);
      }
      expect(await verdictOf(before, token)).toBe("ok");
    });

    it("the same secret under another id is another pepper", async () => {
      const [before, renamed] = eras([OLD], [{ id: "renamed", secret: OLD.secret }]) as [World, World];
      const { token } = await issue(before);
      expect(await verdictOf(renamed, token)).toBe("unknown");
      expect(renamed.events).toMatchObject([{ type: "pepper_missing" }]);
    });

    it("another secret under the same id verifies nothing, and is no missing pepper", async () => {
      const [before, swapped] = eras([OLD], [{ id: "old", secret: OTHER.secret }]) as [World, World];
      const { token } = await issue(before);
      expect(await verdictOf(swapped, token)).toBe("unknown");
      expect(swapped.events).toEqual([]);
    });
  });

  describe("prefixes", () => {
    it("further ones verify, new tokens have the first, and any other is malformed without a look-up", async () => {
      const store = createStore();
      const world = (options: Partial<KeyringOptions>): World => openWorld(store, options);
      const older = await issue(world({ prefix: "acme" }));
      const now = world({ prefix: "acme_live", acceptedPrefixes: ["acme"] });
      const newer = await issue(now);
      expect(newer.token.startsWith(`acme_live_${newer.id}_`)).toBe(true);
      expect(await verdictOf(now, older.token)).toBe("ok");
      const { token } = await now.keyring.rotate(older.id);
      expect(token.startsWith(`acme_live_${older.id}_`)).toBe(true);
      const later = world({ prefix: "acme_live" });
      expect(await verdictOf(later, older.token)).toBe("malformed");
      expect(later.counts.total()).toBe(0);
    });
  });
});

describe("a row that somebody damaged", () => {
  const { createStore, pool } = usePostgres(2);
  const damage = [
    ["an empty digest", "digest_hex = ''"],
    ["a digest that is not hex", "digest_hex = repeat('zz', 32)"],
    ["a digest of 31 bytes", "digest_hex = left(digest_hex, 62)"],
    ["a digest in upper case", "digest_hex = upper(digest_hex)"],
    ["no digest", "digest_hex = NULL"],
    ["another algorithm", "digest_alg = 'md5'"],
    ["no pepper", "digest_pepper = NULL"],
  ] as const;

  it.each(damage)("%s never authenticates: unknown, and one corrupt_key event", async (_, assignment) => {
    const world = openWorld(createStore(), { peppers: [OLD] });
    const { key, token } = await world.keyring.create({ owner: "user_1", name: "A key" });
    await pool().query(`UPDATE claviger.keys SET ${assignment} WHERE id = $1`, [key.id]);
    for (let turn = 0; turn < 3; turn += 1) expect(await verdictOf(world, token)).toBe("unknown");
    expect(world.events.slice(1)).toMatchObject([{ type: "corrupt_key", keyId: key.id }]);
    const { rows } = await pool().query("SELECT type FROM claviger.events WHERE key_id = $1 ORDER BY at, type", [
      key.id,
    ]);
    expect(rows.map(({ type }) => type).sort()).toEqual(["corrupt_key", "key.created"]);
  });

  it("an algorithm that was cut down to plain SHA-256 does not verify the token's HMAC", async () => {
    const world = openWorld(createStore(), { peppers: [OLD] });
    const { key, token } = await world.keyring.create({ owner: "user_1", name: "A key" });
    await pool().query("UPDATE claviger.keys SET digest_alg = 'sha256', digest_pepper = NULL WHERE id = $1", [key.id]);
    expect(await verdictOf(world, token)).toBe("unknown");
  });

  it("a row written by hand with a state or a version of its own is refused or unknown, never accepted", async () => {
    const world = openWorld(createStore() satisfies Store, { peppers: [OLD] });
    const { key, token } = await world.keyring.create({ owner: "user_1", name: "A key" });
    await pool().query("ALTER TABLE claviger.keys DROP CONSTRAINT keys_state_check");
    await pool().query("UPDATE claviger.keys SET state = 'enabled' WHERE id = $1", [key.id]);
    const outcome = await verdictOf(world, token).catch((error: { code: string }) => error.code);
    expect(outcome).toMatch(/^(unknown|store_unavailable)$/);
  });
});
