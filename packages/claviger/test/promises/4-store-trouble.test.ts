import { ClavigerError, type Pepper, type Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { postgresStore } from "@claviger/postgres";
import { createTestDatabase } from "@claviger/testing";
import pg from "pg";
import { describe, expect, it } from "vitest";
import type { Keyring } from "../../src/keyring.js";
import { openWorld, PEPPER } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";

type Method =
  | "find"
  | "insert"
  | "replace"
  | "list"
  | "consume"
  | "append"
  | "settings.get"
  | "settings.replace"
  | "owners.read"
  | "owners.suspend"
  | "owners.resume"
  | "close";

type Fault = () => Promise<never>;

/** How a driver can fail. */
const FAULTS: { readonly [name: string]: Fault } = {
  "rejects with an error": () => Promise.reject(new Error("connection lost")),
  "throws before it returns a promise": () => {
    throw new Error("pool is closed");
  },
  "rejects with nothing": () => Promise.reject(undefined),
  "rejects with this library's own not_found": () => Promise.reject(new ClavigerError("not_found", "no such host")),
  "rejects with this library's own conflict": () => Promise.reject(new ClavigerError("conflict", "try again")),
};

/** A store of which some methods fail while they are said to. */
function failing(inner: Store): { store: Store; broken: Map<Method, Fault> } {
  const broken = new Map<Method, Fault>();
  const fault = (method: Method): Fault | undefined => broken.get(method);
  return {
    store: {
      ...inner,
      find: (...given) => fault("find")?.() ?? inner.find(...given),
      insert: (...given) => fault("insert")?.() ?? inner.insert(...given),
      replace: (...given) => fault("replace")?.() ?? inner.replace(...given),
      list: (...given) => fault("list")?.() ?? inner.list(...given),
      consume: (...given) => fault("consume")?.() ?? inner.consume(...given),
      append: (...given) => fault("append")?.() ?? inner.append(...given),
      settings: {
        get: (...given) => fault("settings.get")?.() ?? inner.settings.get(...given),
        replace: (...given) => fault("settings.replace")?.() ?? inner.settings.replace(...given),
      },
      owners: {
        read: (...given) => fault("owners.read")?.() ?? inner.owners.read(...given),
        suspend: (...given) => fault("owners.suspend")?.() ?? inner.owners.suspend(...given),
        resume: (...given) => fault("owners.resume")?.() ?? inner.owners.resume(...given),
      },
      close: () => fault("close")?.() ?? inner.close(),
    },
    broken,
  };
}

const VERBS: { readonly [verb: string]: { needs: Method; act: (keyring: Keyring, id: string) => Promise<unknown> } } = {
  create: { needs: "insert", act: (keyring) => keyring.create({ owner: "user_1", name: "A key" }) },
  get: { needs: "find", act: (keyring, id) => keyring.get(id) },
  list: { needs: "list", act: (keyring) => keyring.list() },
  update: { needs: "replace", act: (keyring, id) => keyring.update(id, { name: "Another" }) },
  disable: { needs: "replace", act: (keyring, id) => keyring.disable(id) },
  enable: { needs: "find", act: (keyring, id) => keyring.enable(id) },
  rotate: { needs: "replace", act: (keyring, id) => keyring.rotate(id) },
  finishRotation: { needs: "find", act: (keyring, id) => keyring.finishRotation(id) },
  cancelRotation: { needs: "find", act: (keyring, id) => keyring.cancelRotation(id) },
  revoke: { needs: "replace", act: (keyring, id) => keyring.revoke(id) },
  delete: { needs: "replace", act: (keyring, id) => keyring.delete(id) },
  "settings.get": { needs: "settings.get", act: (keyring) => keyring.settings.get() },
  "settings.update": { needs: "settings.replace", act: (keyring) => keyring.settings.update({ enabled: false }) },
  "owners.get": { needs: "owners.read", act: (keyring) => keyring.owners.get("user_1") },
  "owners.suspend": { needs: "owners.suspend", act: (keyring) => keyring.owners.suspend("user_1") },
  "owners.resume": { needs: "owners.resume", act: (keyring) => keyring.owners.resume("user_1") },
};

describe.each(Object.entries(FAULTS))("promise 4: a store that %s", (_, fault) => {
  it.each(["find", "settings.get", "owners.read", "consume"] as const)(
    "from %s: verify is store_unavailable, never a verdict",
    async (method) => {
      const { store, broken } = failing(memoryStore());
      const { keyring } = openWorld(store, { gateStaleMs: 0 });
      const limits = [{ name: "budget", kind: "credits", limit: 100 } as const];
      const { token } = await keyring.create({ owner: "user_1", name: "A key", limits });
      expect((await keyring.verify(token)).ok).toBe(true);
      broken.set(method, fault);
      const error = await rejectionOf(() => keyring.verify(token));
      expect(error).toMatchObject({ code: "store_unavailable", message: "the store failed; its error is the cause" });
      expect("cause" in error).toBe(true);
    },
  );

  it.each(Object.entries(VERBS))("%s is store_unavailable, and changes nothing", async (_verb, { needs, act }) => {
    const inner = memoryStore();
    const { store, broken } = failing(inner);
    const { keyring } = openWorld(store);
    const { key } = await keyring.create({ owner: "user_1", name: "A key" });
    const before = await inner.find([key.id]);
    broken.set(needs, fault);
    expect((await rejectionOf(() => act(keyring, key.id))).code).toBe("store_unavailable");
    expect(await inner.find([key.id])).toEqual(before);
  });

  it.each(["settings.get", "owners.read"] as const)(
    "from %s: what is known of the gates is relied upon for gateStaleMs, then it is store_unavailable, and then well again",
    async (method) => {
      const { store, broken } = failing(memoryStore());
      const { keyring, clock } = openWorld(store);
      const { token } = await keyring.create({ owner: "user_1", name: "A key" });
      expect((await keyring.verify(token)).ok).toBe(true);
      broken.set(method, fault);
      clock.advance(4_999);
      expect((await keyring.verify(token)).ok).toBe(true);
      clock.advance(1);
      expect((await rejectionOf(() => keyring.verify(token))).code).toBe("store_unavailable");
      broken.clear();
      expect((await keyring.verify(token)).ok).toBe(true);
    },
  );

  it("when a rehash is written: the verdict stands, the next success tries again", async () => {
    const inner = memoryStore();
    const { store, broken } = failing(inner);
    const { token, key } = await openWorld(inner).keyring.create({ owner: "user_1", name: "A key" });
    const newer: Pepper = { id: "2027", secret: new Uint8Array(32).fill(7) };
    const { keyring } = openWorld(store, { peppers: [newer, PEPPER] });
    broken.set("replace", fault);
    for (let turn = 0; turn < 3; turn += 1) expect((await keyring.verify(token)).ok).toBe(true);
    await keyring.flush();
    expect(await inner.find([key.id])).toMatchObject([{ version: 1, digest: { pepperId: "2026" } }]);
    broken.clear();
    for (let turn = 0; turn < 3; turn += 1) expect((await keyring.verify(token)).ok).toBe(true);
    await keyring.flush();
    expect(await inner.find([key.id])).toMatchObject([{ version: 2, digest: { pepperId: "2027" } }]);
  });

  it("when an observation is written: the verdict stands, the next one tries again", async () => {
    const inner = memoryStore();
    const { store, broken } = failing(inner);
    const { token } = await openWorld(inner).keyring.create({ owner: "user_1", name: "A key" });
    const { keyring, events } = openWorld(store, { peppers: [{ id: "2027", secret: new Uint8Array(32).fill(7) }] });
    broken.set("append", fault);
    for (let turn = 0; turn < 3; turn += 1) expect(await keyring.verify(token)).toEqual({ ok: false, code: "unknown" });
    await keyring.flush();
    expect(events).toEqual([]);
    broken.clear();
    for (let turn = 0; turn < 3; turn += 1) await keyring.verify(token);
    await keyring.flush();
    expect(events).toMatchObject([{ type: "pepper_missing" }]);
  });

  it("when it is closed: close is store_unavailable", async () => {
    const { store, broken } = failing(memoryStore());
    const { keyring } = openWorld(store);
    broken.set("close", fault);
    expect((await rejectionOf(() => keyring.close())).code).toBe("store_unavailable");
  });
});

describe("promise 4: a database that is not there", () => {
  const stopped = (): Store =>
    postgresStore({ client: new pg.Pool({ host: "127.0.0.1", port: 1, connectionTimeoutMillis: 5_000 }) });

  it("is store_unavailable for a good token, and says nothing of a bad one", async () => {
    const { token } = await openWorld(memoryStore()).keyring.create({ owner: "user_1", name: "A key" });
    const { keyring } = openWorld(stopped());
    expect((await rejectionOf(() => keyring.verify(token))).code).toBe("store_unavailable");
    expect((await rejectionOf(() => keyring.create({ owner: "user_1", name: "A key" }))).code).toBe(
      "store_unavailable",
    );
    expect(await keyring.verify("no token")).toEqual({ ok: false, code: "malformed" });
  });

  it("or has no tables: store_unavailable, and the cause says what to run", async () => {
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      const { keyring } = openWorld(postgresStore({ client }));
      const error = await rejectionOf(() => keyring.create({ owner: "user_1", name: "A key" }));
      expect(error.code).toBe("store_unavailable");
      expect(String(error.cause)).toContain("run migrate(");
    } finally {
      await client.end();
      await database.drop();
    }
  });
});

describe("promise 4: what a store holds or answers, and nobody can make sense of", () => {
  const limited = { owner: "user_1", name: "A key", limits: [{ name: "budget", kind: "credits", limit: 9 }] } as const;

  it("a charge without a result is store_unavailable", async () => {
    const { keyring } = openWorld({ ...memoryStore(), consume: async () => [] });
    const { token } = await keyring.create(limited);
    expect((await rejectionOf(() => keyring.verify(token))).code).toBe("store_unavailable");
  });

  it("a limit in a time zone that this runtime does not know is store_unavailable", async () => {
    const inner = memoryStore();
    const limit = { name: "day", kind: "quota", limit: 9, refill: "day", timeZone: "Mars/Olympus_Mons" } as const;
    const store: Store = { ...inner, insert: (key, ...given) => inner.insert({ ...key, limits: [limit] }, ...given) };
    const { keyring } = openWorld(store);
    const { token, key } = await keyring.create(limited);
    const unavailable = { code: "store_unavailable", keyId: key.id };
    expect(await rejectionOf(() => keyring.verify(token))).toMatchObject(unavailable);
    const here = { limits: [{ ...limit, timeZone: "UTC" }] };
    expect(await rejectionOf(() => keyring.update(key.id, here))).toMatchObject(unavailable);
    // What is spent of a limit that is taken away need not be known.
    expect((await keyring.update(key.id, { limits: [] })).limits).toEqual([]);
  });

  it("an answer of another kind is an error, and no verdict", async () => {
    for (const answer of [undefined, null, 5, {}]) {
      const inner = memoryStore();
      const { token } = await openWorld(inner).keyring.create(limited);
      const { keyring } = openWorld({ ...inner, find: async () => answer as never });
      await expect(keyring.verify(token)).rejects.toThrow();
    }
  });
});

describe("a keyring that is closed", () => {
  it("refuses what is asked later as store_unavailable, ends the store once, and can be closed again", async () => {
    const { keyring, counts } = openWorld(memoryStore());
    const { key, token } = await keyring.create({ owner: "user_1", name: "A key" });
    await Promise.all([keyring.close(), keyring.close()]);
    await keyring.close();
    expect(counts.calls.close).toBe(1);
    counts.reset();
    expect((await rejectionOf(() => keyring.verify(token))).code).toBe("store_unavailable");
    for (const { act } of Object.values(VERBS)) {
      expect((await rejectionOf(() => act(keyring, key.id))).code).toBe("store_unavailable");
    }
    expect(counts.total()).toBe(0);
    await keyring.flush();
  });

  it("verifies no key that it has in memory either", async () => {
    const { keyring } = openWorld(memoryStore(), { cache: { maxStaleMs: 60_000, maxEntries: 10 } });
    const { token } = await keyring.create({ owner: "user_1", name: "A key" });
    for (let round = 0; round < 3; round += 1) expect((await keyring.verify(token)).ok).toBe(true);
    await keyring.close();
    for (let round = 0; round < 2; round += 1)
      expect((await rejectionOf(() => keyring.verify(token))).code).toBe("store_unavailable");
  });

  it("has written what was under way before it ends the store", async () => {
    const inner = memoryStore();
    const order: string[] = [];
    const store: Store = {
      ...inner,
      replace: async (...given) => {
        await new Promise((resolve) => setImmediate(resolve));
        const result = await inner.replace(...given);
        order.push(result.outcome);
        return result;
      },
      close: async () => {
        order.push("closed");
      },
    };
    const { token } = await openWorld(inner).keyring.create({ owner: "user_1", name: "A key" });
    const { keyring } = openWorld(store, { peppers: [{ id: "2027", secret: new Uint8Array(32).fill(7) }, PEPPER] });
    expect((await keyring.verify(token)).ok).toBe(true);
    await keyring.close();
    expect(order).toEqual(["replaced", "closed"]);
  });
});
