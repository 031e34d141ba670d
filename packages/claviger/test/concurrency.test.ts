import type { Store } from "@claviger/core";
import { describe, expect, it } from "vitest";
import { onEachStore, usePostgres } from "./support/on-each-store.js";
import { openWorld, type World } from "./support/open-world.js";
import { rejectionOf } from "./support/rejection.js";

const KEY = { owner: "user_1", name: "A key" };

/** A store on which somebody else changes the key just before each of the first `times` swaps. */
function contested(inner: Store, times: number): { store: Store; interfere: (act: () => Promise<unknown>) => void } {
  let left = times;
  let interfering: () => Promise<unknown> = async () => undefined;
  return {
    store: {
      ...inner,
      replace: async (...given) => {
        if (left > 0) {
          left -= 1;
          await interfering();
        }
        return inner.replace(...given);
      },
    },
    interfere: (act) => {
      interfering = act;
    },
  };
}

onEachStore((createStore) => {
  describe("two who change one key at once", () => {
    it("both succeed where they change different fields, and neither change is lost", async () => {
      const { keyring } = openWorld(createStore());
      const { key } = await keyring.create(KEY);
      await Promise.all([
        keyring.update(key.id, { name: "Another" }),
        keyring.update(key.id, { metadata: { team: "billing" } }),
        keyring.update(key.id, { scopes: ["a:b"] }),
      ]);
      expect(await keyring.get(key.id)).toMatchObject({
        name: "Another",
        metadata: { team: "billing" },
        scopes: ["a:b"],
        version: 4,
      });
    });

    it("who loses decides again on what the winner left", async () => {
      const inner = createStore();
      const { store, interfere } = contested(inner, 1);
      const [winner, loser] = [openWorld(inner), openWorld(store)];
      const { key } = await winner.keyring.create(KEY);
      interfere(() => winner.keyring.revoke(key.id));
      const refused = await rejectionOf(() => loser.keyring.disable(key.id));
      expect(refused).toMatchObject({ code: "illegal_transition", status: "revoked" });
    });

    it("tries five times, and then says conflict", async () => {
      for (const [times, succeeds] of [
        [4, true],
        [5, false],
      ] as const) {
        const inner = createStore();
        const { store, interfere } = contested(inner, times);
        const [busy, unlucky] = [openWorld(inner), openWorld(store)];
        const { key } = await busy.keyring.create(KEY);
        let changes = 0;
        interfere(() => {
          changes += 1;
          return busy.keyring.update(key.id, { name: `Name ${changes}` });
        });
        const act = (): Promise<unknown> => unlucky.keyring.disable(key.id);
        if (succeeds) await act();
        else expect(await rejectionOf(act)).toMatchObject({ code: "conflict", keyId: key.id });
        expect(unlucky.counts.calls.replace).toBe(5);
        expect(await busy.keyring.get(key.id)).toMatchObject({
          status: succeeds ? "disabled" : "active",
          name: `Name ${times}`,
        });
      }
    });

    it("with ifVersion it is a conflict at once, whoever changed it when", async () => {
      const inner = createStore();
      const { store, interfere } = contested(inner, 1);
      const [winner, careful] = [openWorld(inner), openWorld(store)];
      const { key } = await winner.keyring.create(KEY);
      interfere(() => winner.keyring.update(key.id, { name: "Another" }));
      const raced = await rejectionOf(() => careful.keyring.disable(key.id, { ifVersion: 1 }));
      expect(raced).toMatchObject({ code: "conflict", keyId: key.id, expectedVersion: 1, version: 2 });
      expect(careful.counts.calls).toMatchObject({ replace: 1, find: 1 });
      const stale = await rejectionOf(() => careful.keyring.disable(key.id, { ifVersion: 1 }));
      expect(stale).toMatchObject({ code: "conflict", expectedVersion: 1, version: 2 });
      expect((await careful.keyring.disable(key.id, { ifVersion: 2 })).version).toBe(3);
    });

    it("a key that is deleted meanwhile is not found", async () => {
      const inner = createStore();
      const { store, interfere } = contested(inner, 1);
      const [winner, loser] = [openWorld(inner), openWorld(store)];
      const { key } = await winner.keyring.create(KEY);
      interfere(() => winner.keyring.delete(key.id));
      expect(await rejectionOf(() => loser.keyring.update(key.id, { name: "Another" }))).toMatchObject({
        code: "not_found",
      });
    });
  });

  it("of a deleted key no version conflicts: it is not found, and deleting it again does nothing", async () => {
    const { keyring, events } = openWorld(createStore());
    const { key } = await keyring.create(KEY);
    await keyring.delete(key.id, { ifVersion: 1 });
    await keyring.delete(key.id, { ifVersion: 1 });
    expect((await rejectionOf(() => keyring.revoke(key.id, { ifVersion: 1 }))).code).toBe("not_found");
    expect(events).toHaveLength(2);
  });

  describe("a rotation that races another", () => {
    it("one wins, the others are conflicts, and two secrets live, never three", async () => {
      const { keyring } = openWorld(createStore());
      const { key, token } = await keyring.create(KEY);
      const results = await Promise.allSettled(Array.from({ length: 6 }, () => keyring.rotate(key.id)));
      const won = results.filter((result) => result.status === "fulfilled");
      expect(won).toHaveLength(1);
      for (const result of results)
        if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
      const tokens = [token, ...won.map(({ value }) => value.token)];
      for (const each of tokens) expect((await keyring.verify(each)).ok).toBe(true);
    });

    it("with overlap 0 exactly one secret lives in the end", async () => {
      const { keyring } = openWorld(createStore());
      const { key, token } = await keyring.create(KEY);
      const results = await Promise.all(Array.from({ length: 4 }, () => keyring.rotate(key.id, { overlap: 0 })));
      const verdicts = await Promise.all(
        [token, ...results.map((result) => result.token)].map((each) => keyring.verify(each)),
      );
      expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
      expect(verdicts[0]).toMatchObject({ ok: false, code: "unknown" });
    });
  });

  it("an id that is taken is drawn again, five times at most", async () => {
    const inner = createStore();
    const first = openWorld(inner);
    const { key } = await first.keyring.create(KEY);
    for (const [taken, succeeds] of [
      [4, true],
      [5, false],
    ] as const) {
      let left = taken;
      const store: Store = {
        ...inner,
        insert: (record, ...given) => {
          left -= 1;
          return inner.insert(left >= 0 ? { ...record, id: key.id } : record, ...given);
        },
      };
      const { keyring, counts } = openWorld(store);
      const act = (): Promise<unknown> => keyring.create(KEY);
      if (succeeds) await act();
      else expect((await rejectionOf(act)).code).toBe("random_unusable");
      expect(counts.calls.insert).toBe(5);
    }
    expect(await first.keyring.get(key.id)).toEqual(key);
  });

  it("a broken source of randomness fails the creation and leaves no half-made key", async () => {
    const sources = [
      () => new Uint8Array(0),
      (n: number) => new Uint8Array(n),
      (n: number) => new Uint8Array(n).fill(255),
      () => [1, 2, 3] as never,
    ];
    for (const random of [
      ...sources,
      () => {
        throw new Error("no entropy");
      },
    ]) {
      const { keyring, counts } = openWorld(createStore(), { random });
      expect((await rejectionOf(() => keyring.create(KEY))).code).toBe("random_unusable");
      expect(counts.total()).toBe(0);
    }
  });

  it("a source that repeats itself cannot bring a secret back", async () => {
    // Every rotation draws what the creation drew.
    let draws = 0;
    const random = (bytes: number): Uint8Array => {
      draws += 1;
      return Uint8Array.from({ length: bytes }, (_, index) => (bytes > 40 ? index * 7 : draws * 31 + index * 5) % 256);
    };
    const { keyring } = openWorld(createStore(), { random });
    const { key, token } = await keyring.create(KEY);
    expect((await rejectionOf(() => keyring.rotate(key.id, { overlap: 0 }))).code).toBe("random_unusable");
    expect((await keyring.verify(token)).ok).toBe(true);
  });
});

describe("forty writers to one key on PostgreSQL", () => {
  const { createStore } = usePostgres(24);

  it("promise 8: make one line of versions, each with its event, and one chain, without gap or fork", async () => {
    const worlds: readonly World[] = Array.from({ length: 4 }, () => openWorld(createStore()));
    const [first] = worlds;
    if (first === undefined) throw new Error("no world");
    const { key } = await first.keyring.create(KEY);
    const acts = Array.from({ length: 40 }, async (_, index) => {
      const keyring = worlds[index % 4]?.keyring;
      for (;;) {
        try {
          return await keyring?.update(key.id, { metadata: { [`writer-${index}`]: index } });
        } catch (error) {
          if ((error as { code?: string }).code !== "conflict") throw error;
        }
      }
    });
    const updated = await Promise.all(acts);
    const versions = updated.map((each) => each?.version ?? 0).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: 40 }, (_, index) => index + 2));
    const events = worlds.flatMap((world) => world.events).flatMap(({ version }) => version ?? []);
    expect(events.sort((a, b) => a - b)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
    expect(await first.keyring.events.verify({ keyId: key.id })).toMatchObject({ ok: true, events: 41, damage: [] });
  });
});
