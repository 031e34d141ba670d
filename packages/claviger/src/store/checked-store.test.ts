import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { AMPLE, changeOf, sampleKey } from "@claviger/store-conformance/samples";
import { describe, expect, it } from "vitest";
import { openWorld } from "../../test/support/open-world.js";
import { rejectionOf } from "../../test/support/rejection.js";
import { checkedStore } from "./checked-store.js";

const NONSENSE: readonly unknown[] = [undefined, null, 5, {}, "ab", [], [null], [5], [{}], [{}, {}]];
const KEY = sampleKey({ tenant: "t_1" });
const REF = { tenant: "t_1", owner: "anna" };
const SETTINGS = { tenant: "t_1", version: 1, updatedAt: 5, settings: {} };
const CHARGE = { form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 5 } as const;
const REQUEST = { tenant: "t_1", keyId: KEY.id, charges: [CHARGE], units: 2 };
const SPENT = { admitted: 1, meters: [{ form: "window", windowAt: 0, used: 1 }], nowUs: 7 };

const SOUND_CHARGES: readonly unknown[] = [SPENT, { admitted: 0, meters: [null], nowUs: 7 }];
const UNSOUND_CHARGES: readonly unknown[] = [
  { ...SPENT, admitted: 3 },
  { ...SPENT, admitted: -1 },
  { ...SPENT, admitted: "1" },
  { ...SPENT, admitted: Number.NaN },
  { ...SPENT, meters: undefined },
  { ...SPENT, meters: [] },
  { ...SPENT, meters: [5] },
  { ...SPENT, nowUs: undefined },
];

interface Asked {
  readonly ask: (store: Store) => Promise<unknown>;
  readonly answer: (given: unknown) => Partial<Store>;
  readonly sound: readonly unknown[];
  readonly unsound: readonly unknown[];
}

const inner = memoryStore();

const ASKED: { readonly [method: string]: Asked } = {
  find: {
    ask: (store) => store.find([KEY.id]),
    answer: (given) => ({ find: async () => given as never }),
    sound: [[undefined], [KEY]],
    unsound: [[sampleKey()], [KEY, KEY]],
  },
  "find for a tenant": {
    ask: (store) => store.find([KEY.id], "t_1"),
    answer: (given) => ({ find: async () => given as never }),
    sound: [[undefined], [KEY]],
    unsound: [[{ ...KEY, tenant: "t_2" }]],
  },
  consume: {
    ask: (store) => store.consume([REQUEST], 5),
    answer: (given) => ({ consume: async () => given as never }),
    sound: SOUND_CHARGES.map((charged) => [charged]),
    unsound: [undefined, ...UNSOUND_CHARGES].map((charged) => [charged]),
  },
  "settings.get": {
    ask: (store) => store.settings.get(["t_1"]),
    answer: (given) => ({ settings: { ...inner.settings, get: async () => given as never } }),
    sound: [[undefined], [SETTINGS]],
    unsound: [[{ ...SETTINGS, tenant: "t_2" }], [{ ...SETTINGS, version: "1" }], [{ ...SETTINGS, settings: null }]],
  },
  "owners.read": {
    ask: (store) => store.owners.read([REF]),
    answer: (given) => ({ owners: { ...inner.owners, read: async () => given as never } }),
    sound: [[{ suspendedAt: null }], [{ suspendedAt: 5 }]],
    unsound: [[undefined], [{ suspendedAt: undefined }], [{ suspendedAt: "yesterday" }]],
  },
};

describe.each(Object.entries(ASKED))("promise 4: %s", (_, { ask, answer, sound, unsound }) => {
  it.each(sound.map((given) => [given]))("gives on what makes sense: %j", async (given) => {
    expect(await ask(checkedStore({ ...inner, ...answer(given) }))).toBe(given);
  });

  const wrong = [...NONSENSE, ...unsound];
  it.each(wrong.map((given) => [given]))("throws at what makes none: %j", async (given) => {
    await expect(ask(checkedStore({ ...inner, ...answer(given) }))).rejects.toThrow(/^the store was asked for /);
  });
});

describe("promise 4: consume.atOnce", () => {
  const checked = (given: unknown) => {
    const atOnce = () => given as never;
    return checkedStore({ ...inner, consume: Object.assign(async () => [], { atOnce }) }).consume.atOnce;
  };

  it.each(SOUND_CHARGES.map((given) => [given]))("gives on what makes sense: %j", (given) => {
    expect(checked(given)?.(REQUEST, 5)).toBe(given);
  });

  it.each([...NONSENSE, ...UNSOUND_CHARGES].map((given) => [given]))("throws at what makes none: %j", (given) => {
    expect(() => checked(given)?.(REQUEST, 5)).toThrow(TypeError);
    expect(() => checked(given)?.(REQUEST, 5)).toThrow(/^the store was asked for charges/);
  });

  it("takes a handle that is an object, or none, and throws at any other", () => {
    for (const handle of [undefined, {}, [], () => {}]) {
      const given = { ...SPENT, handle };
      expect(checked(given)?.(REQUEST, 5)).toBe(given);
    }
    for (const handle of [null, "a name", 5, Symbol("it")])
      expect(() => checked({ ...SPENT, handle })?.(REQUEST, 5)).toThrow(/^the store was asked for charges/);
  });

  it("throws at a promise, which is no result, whatever it would be of; of its failure nobody need hear", async () => {
    const unheard: unknown[] = [];
    const note = (reason: unknown): number => unheard.push(reason);
    process.on("unhandledRejection", note);
    for (const made of [() => Promise.resolve(SPENT), () => Promise.reject(new Error("it failed later"))]) {
      expect(() => checked(made())?.(REQUEST, 5)).toThrow(/^consume.atOnce must return its result and no promise/);
      await new Promise(setImmediate);
    }
    process.off("unhandledRejection", note);
    expect(unheard).toEqual([]);
  });

  it("is there only where the store has it", () => {
    expect("atOnce" in checkedStore({ ...inner, consume: async () => [] }).consume).toBe(false);
  });
});

describe("promise 4: settings.get.atOnce, owners.read.atOnce", () => {
  const OWN = { tenant: "t", version: 1, updatedAt: 1, settings: {} };
  const of = (given: unknown) => {
    const atOnce = () => given as never;
    const { settings, owners } = checkedStore({
      ...inner,
      settings: { ...inner.settings, get: Object.assign(async () => [], { atOnce }) },
      owners: { ...inner.owners, read: Object.assign(async () => [], { atOnce }) },
    });
    return { own: () => settings.get.atOnce?.("t"), standing: () => owners.read.atOnce?.({ tenant: "t", owner: "o" }) };
  };

  it("give on what makes sense", () => {
    for (const own of [undefined, OWN]) expect(of(own).own()).toBe(own);
    for (const standing of [{ suspendedAt: null }, { suspendedAt: 5 }]) expect(of(standing).standing()).toBe(standing);
  });

  it.each([[null], [[]], ["off"], [{}], [{ ...OWN, tenant: "another" }], [{ ...OWN, settings: null }]])(
    "throw at what makes none: %j",
    (given) => {
      expect(of(given).own).toThrow(/^the store was asked for settings/);
    },
  );

  it.each([[null], [undefined], [[]], [{}], [{ suspendedAt: "yesterday" }]])(
    "throw at what makes none: %j",
    (given) => {
      expect(of(given).standing).toThrow(/^the store was asked for owners/);
    },
  );

  it("throw at promises", () => {
    expect(of(Promise.resolve(undefined)).own).toThrow(/^settings.get.atOnce must return its result and no promise/);
    expect(of(Promise.resolve({ suspendedAt: null })).standing).toThrow(/^owners.read.atOnce must return its result/);
  });
});

it("promise 4: a key without sense is told to whoever asked for it, and costs nobody else his", async () => {
  const store = memoryStore();
  let damaged = "";
  const sloppy: Store = {
    ...store,
    find: async (ids, tenant) => {
      const found = await store.find(ids, tenant);
      return found.map((key, index) => (ids[index] === damaged ? ({} as never) : key));
    },
  };
  const { keyring, counts } = openWorld(sloppy);
  const made = await Promise.all(Array.from({ length: 5 }, () => keyring.create({ owner: "user_1", name: "A key" })));
  damaged = made[3]?.key.id ?? "";
  counts.reset();
  const verdicts = await Promise.allSettled(made.map(({ token }) => keyring.verify(token)));
  expect(verdicts.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  // The first one alone, and four together.
  expect(counts.calls.find).toBe(2);
});

it("promise 4: a charge without sense is told to whoever it was for, and costs nobody else his", async () => {
  const store = memoryStore();
  const damaged = new Set<string>();
  const sloppy: Store = {
    ...store,
    consume: async (asked, nowMs) => {
      const results = await store.consume(asked, nowMs);
      return results.map((result, index) => (damaged.has(asked[index]?.keyId ?? "") ? (null as never) : result));
    },
  };
  const { keyring } = openWorld(sloppy);
  const limits = [{ name: "all", kind: "credits", limit: 10 }] as const;
  const made = await Promise.all(
    Array.from({ length: 5 }, () => keyring.create({ owner: "user_1", name: "A key", limits: [...limits] })),
  );
  damaged.add(made[3]?.key.id ?? "");
  const verdicts = await Promise.allSettled(made.map(({ token }) => keyring.verify(token)));
  const ways = verdicts.map(({ status }) => status);
  expect(ways).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"]);
});

it("asks with a tenant only where there is one", async () => {
  const asked: unknown[][] = [];
  const store = checkedStore({
    ...inner,
    find: async (...given: unknown[]) => {
      asked.push(given);
      return [undefined];
    },
  });
  await store.find(["a"]);
  await store.find(["a"], "t");
  expect(asked).toEqual([[["a"]], [["a"], "t"]]);
});

describe.each([undefined, { maxStaleMs: 5_000, maxEntries: 10 }])("promise 4: a keyring, cache %j", (cache) => {
  it.each([
    ["nothing", []],
    ["null", [null]],
    ["an empty object", [{}]],
  ])("whose store finds %s calls no good key unknown, and finds nothing not to be there", async (_, given) => {
    const store = memoryStore();
    let broken = false;
    const sloppy: Store = {
      ...store,
      find: async (...asked) => (broken ? (given as never) : store.find(...asked)),
    };
    const { keyring } = openWorld(sloppy, cache && { cache });
    const { key, token } = await keyring.create({ owner: "user_1", name: "A key" });
    broken = true;
    for (const act of [() => keyring.verify(token), () => keyring.get(key.id), () => keyring.revoke(key.id)])
      expect(await rejectionOf(act)).toMatchObject({ code: "store_unavailable", cause: expect.any(TypeError) });
    broken = false;
    expect((await keyring.verify(token)).ok).toBe(true);
  });

  it("whose store knows of no choice and no standing says so, rather than that nothing was chosen", async () => {
    const store = memoryStore();
    const sloppy: Store = {
      ...store,
      settings: { ...store.settings, get: async () => [null] as never },
      owners: { ...store.owners, read: async () => [] },
    };
    const { keyring } = openWorld(sloppy, cache && { cache });
    for (const act of [
      () => keyring.settings.get(),
      () => keyring.settings.update({ enabled: false }),
      () => keyring.owners.get("user_1"),
    ])
      expect((await rejectionOf(act)).code).toBe("store_unavailable");
  });
});

it("what a key holds is none of its business: a corrupt one is observed further on", async () => {
  const store = memoryStore();
  await store.insert(KEY, AMPLE, changeOf(KEY, "key.created"));
  const corrupt = { ...KEY, state: "odd", digest: null };
  const checked = checkedStore({ ...store, find: async () => [corrupt as never] });
  expect(await checked.find([KEY.id])).toEqual([corrupt]);
});
