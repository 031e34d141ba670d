import { ClavigerError, defineScopes, type Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../core/test/hostile.js";
import { createKeyring } from "../src/create-keyring.js";
import type { Keyring } from "../src/keyring.js";
import { usePostgres } from "./support/on-each-store.js";
import { openWorld, PEPPER, type World } from "./support/open-world.js";

const EMPTY = ["an empty object", "a null prototype"];
const TEXTS = ["1 MB of text", "1 MB of underscores", "an empty string", "a NUL", "a lone surrogate"];

/** Where a caller can put a value. `takes`: the hostile values that are good there; `field`: what the error names. */
interface Place {
  readonly act: (keyring: Keyring, id: string, value: never) => unknown;
  readonly field: RegExp;
  readonly takes?: readonly string[];
}

const PLACES: { readonly [place: string]: Place } = {
  "create(value)": {
    act: (keyring, _, value) => keyring.create(value),
    field: /^(input|owner|name|constructor|self|inside|toString|toJSON|valueOf|\[0\]|__proto__)/,
  },
  ...onField(
    "create",
    (keyring, _, given) => keyring.create(Object.assign({ owner: "user_1", name: "A key" }, given)),
    {
      owner: [],
      name: [],
      scopes: ["an empty array"],
      notBefore: [],
      expiresIn: [],
      expiresAt: [],
      limits: ["an empty array"],
      restrictions: EMPTY,
      metadata: EMPTY,
      reason: [],
    },
  ),
  "get(value)": { act: (keyring, _, value) => keyring.get(value), field: /^id$/ },
  "list(value)": { act: (keyring, _, value) => keyring.list(value), field: /./, takes: EMPTY },
  ...onField("list", (keyring, _, given) => keyring.list(given), {
    owner: [],
    status: [],
    scope: [],
    search: [],
    sort: [],
    cursor: [],
    pageSize: [],
  }),
  "update(id, value)": { act: (keyring, id, value) => keyring.update(id, value), field: /./, takes: EMPTY },
  ...onField("update", (keyring, id, given) => keyring.update(id, given), {
    name: [],
    scopes: ["an empty array"],
    notBefore: ["null"],
    expiresIn: [],
    expiresAt: [],
    limits: ["an empty array"],
    restrictions: EMPTY,
    metadata: EMPTY,
  }),
  "update(value, {})": { act: (keyring, _, value) => keyring.update(value, {}), field: /^id$/ },
  "rotate(value)": { act: (keyring, _, value) => keyring.rotate(value), field: /^id$/ },
  "revoke(value)": { act: (keyring, _, value) => keyring.revoke(value), field: /^id$/ },
  "disable(value)": { act: (keyring, _, value) => keyring.disable(value), field: /^id$/ },
  "enable(value)": { act: (keyring, _, value) => keyring.enable(value), field: /^id$/ },
  "delete(value)": { act: (keyring, _, value) => keyring.delete(value), field: /^id$/ },
  "finishRotation(value)": { act: (keyring, _, value) => keyring.finishRotation(value), field: /^id$/ },
  "cancelRotation(value)": { act: (keyring, _, value) => keyring.cancelRotation(value), field: /^id$/ },
  "rotate(id, value)": { act: (keyring, id, value) => keyring.rotate(id, value), field: /./, takes: EMPTY },
  ...onField("rotate", (keyring, id, given) => keyring.rotate(id, given), {
    overlap: ["a negative zero"],
    expiresIn: [],
    expiresAt: [],
    ifVersion: [],
    reason: [],
  }),
  "revoke(id, value)": { act: (keyring, id, value) => keyring.revoke(id, value), field: /./, takes: EMPTY },
  ...onField("revoke", (keyring, id, given) => keyring.revoke(id, given), {
    leaked: ["a boolean"],
    ifVersion: [],
    reason: [],
  }),
  "disable(id, value)": { act: (keyring, id, value) => keyring.disable(id, value), field: /./, takes: EMPTY },
  "enable(id, value)": { act: (keyring, id, value) => keyring.enable(id, value), field: /./, takes: EMPTY },
  "delete(id, value)": { act: (keyring, id, value) => keyring.delete(id, value), field: /./, takes: EMPTY },
  "finishRotation(id, value)": {
    act: (keyring, id, value) => keyring.finishRotation(id, value),
    field: /./,
    takes: EMPTY,
  },
  "settings.update(value)": {
    act: (keyring, _, value) => keyring.settings.update(value),
    field: /./,
    takes: EMPTY,
  },
  ...onField("settings.update", (keyring, _, given) => keyring.settings.update(given), { enabled: ["a boolean"] }),
  ...onField("settings.update({}, value)", (keyring, _, given) => keyring.settings.update({}, given), {
    ifVersion: [],
    reason: [],
    address: [],
  }),
  "owners.get(value)": { act: (keyring, _, value) => keyring.owners.get(value), field: /^owner$/ },
  "owners.suspend(value)": { act: (keyring, _, value) => keyring.owners.suspend(value), field: /^owner$/ },
  "owners.resume(value)": { act: (keyring, _, value) => keyring.owners.resume(value), field: /^owner$/ },
  ...onField("owners.suspend(owner, value)", (keyring, _, given) => keyring.owners.suspend("anna", given), {
    reason: [],
    address: [],
    ifVersion: [],
  }),
  ...onField("owners.resume(owner, value)", (keyring, _, given) => keyring.owners.resume("anna", given), {
    reason: [],
    address: [],
  }),
  "update(id, {}, value)": { act: (keyring, id, value) => keyring.update(id, {}, value), field: /./, takes: EMPTY },
};

function onField(
  verb: string,
  act: Place["act"],
  fields: { readonly [field: string]: readonly string[] },
): { readonly [place: string]: Place } {
  const places = Object.entries(fields).map(([field, takes]) => [
    `${verb} ${field}`,
    {
      act: (keyring: Keyring, id: string, value: never) => act(keyring, id, { [field]: value } as never),
      field: new RegExp(`^${field}`),
      takes,
    },
  ]);
  return Object.fromEntries(places);
}

/** What became of an act: an error's code and field, or "done". A synchronous throw, and an error of any other kind, is a failure. */
async function outcomeOf(act: () => unknown): Promise<string> {
  const promise = act();
  expect(promise).toBeInstanceOf(Promise);
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof ClavigerError)) throw error;
    expect(error.message.length).toBeLessThan(1_000);
    return `${error.code} ${error.field}`;
  }
  return "done";
}

/** The calls by which something may be written. */
function writesOf(calls: Readonly<Record<string, number>>): readonly string[] {
  const writes = ["insert", "replace", "append", "settings.replace", "owners.suspend", "owners.resume"];
  return writes.filter((method) => calls[method] !== 0);
}

interface Subject {
  readonly world: World;
  readonly id: string;
}

let subjects = 0;

async function openSubject(store: Store): Promise<Subject> {
  const world = openWorld(store);
  subjects += 1;
  const { key } = await world.keyring.create({ owner: `user_${subjects}`, name: "A key" });
  return { world, id: key.id };
}

describe("bad input to the management verbs, on both stores alike", () => {
  const { createStore } = usePostgres(2);

  it.each(Object.entries(PLACES))(
    "%s: every hostile value is refused by name, and nothing is written",
    async (_, { act, field, takes = [] }) => {
      const subjects = [await openSubject(memoryStore()), await openSubject(createStore())];
      const befores = await Promise.all(subjects.map(({ world, id }) => world.store.find([id])));
      for (const [name, make] of Object.entries(HOSTILE)) {
        if (takes.includes(name)) continue;
        const outcomes: string[] = [];
        for (const { world, id } of subjects) {
          world.counts.reset();
          outcomes.push(await outcomeOf(() => act(world.keyring, id, make() as never)));
          expect(writesOf(world.counts.calls)).toEqual([]);
        }
        const [outcome = "", other] = outcomes;
        expect({ name, outcome: other }).toEqual({ name, outcome });
        const [code, named] = outcome.split(/ (.*)/s);
        // A text that is no key's id is a key that there is not.
        const expected = field.source === "^id$" && TEXTS.includes(name) ? "not_found" : "invalid_input";
        expect({ name, code }).toEqual({ name, code: expected });
        expect(named).toMatch(field);
      }
      expect(await Promise.all(subjects.map(({ world, id }) => world.store.find([id])))).toEqual(befores);
    },
  );

  it.each(
    Object.entries(PLACES).flatMap(([place, { act, takes = [] }]) => takes.map((name) => ({ place, name, act }))),
  )("$place takes $name", async ({ name, act }) => {
    for (const store of [memoryStore(), createStore()]) {
      const { world, id } = await openSubject(store);
      expect(await outcomeOf(() => act(world.keyring, id, HOSTILE[name]?.() as never))).toBe("done");
    }
  });

  it("an empty update is no change", async () => {
    for (const store of [memoryStore(), createStore()]) {
      const { world, id } = await openSubject(store);
      expect((await world.keyring.update(id, {})).version).toBe(1);
    }
  });

  it("a tenant that is none is refused when it is named", () => {
    const { keyring } = openWorld(memoryStore());
    for (const [name, make] of Object.entries(HOSTILE)) {
      expect(() => keyring.tenant(make() as never), name).toThrow(
        expect.objectContaining({ code: "invalid_input", field: "tenant" }),
      );
    }
  });
});

describe("bad input to verify is a verdict, on both stores alike", () => {
  const { createStore } = usePostgres(2);

  it("as the token: malformed, without a look-up", async () => {
    for (const store of [memoryStore(), createStore()]) {
      const { keyring, counts } = openWorld(store);
      for (const [name, make] of Object.entries(HOSTILE)) {
        const promise = keyring.verify(make());
        expect(promise).toBeInstanceOf(Promise);
        expect({ name, verdict: await promise }).toEqual({ name, verdict: { ok: false, code: "malformed" } });
      }
      expect(counts.total()).toBe(0);
    }
  });

  it("as every one-character edit and neighbour swap of a good token: malformed, without a look-up", async () => {
    const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_- é";
    for (const store of [memoryStore(), createStore()]) {
      const { keyring, counts } = openWorld(store);
      const { token } = await keyring.create({ owner: "user_1", name: "A key" });
      const edits = [...token].flatMap((own, at) => {
        const [before, after] = [token.slice(0, at), token.slice(at + 1)];
        const swapped = before + after.slice(0, 1) + own + after.slice(1);
        return [...[...characters].map((other) => before + other + after), swapped].filter((text) => text !== token);
      });
      expect(edits.length).toBeGreaterThan(4_000);
      counts.reset();
      for (const text of edits) expect(await keyring.verify(text)).toEqual({ ok: false, code: "malformed" });
      expect(counts.total()).toBe(0);
      expect(await keyring.verify(token)).toMatchObject({ ok: true });
    }
  });

  it.each(["request", "scopes", "ip", "resources", "cost", "tenant"])(
    "as the %s: never ok, and never thrown",
    async (field) => {
      for (const store of [memoryStore(), createStore()]) {
        const { keyring } = openWorld(store);
        const { token } = await keyring.create({
          owner: "user_1",
          name: "A key",
          restrictions: { ip: { allow: ["10.0.0.0/8"] }, resources: { account: { allow: ["x"] } } },
        });
        const good = { ip: "10.0.0.1", resources: { account: "x" } };
        expect((await keyring.verify(token, good)).ok).toBe(true);
        for (const [name, make] of Object.entries(HOSTILE)) {
          if (field === "scopes" && name === "an empty array") continue;
          const request = field === "request" ? make() : { ...good, [field]: make() };
          const verdict = await keyring.verify(token, request as never);
          expect({ name, ok: verdict.ok, code: verdict.ok || verdict.code }).toEqual({
            name,
            ok: false,
            code: expect.stringMatching(/^(malformed|restricted)$/),
          });
          if (!verdict.ok && verdict.code === "malformed") expect(verdict.problem).toBeTypeOf("string");
        }
      }
    },
  );
});

describe("bad options to createKeyring are TypeErrors that name the option", () => {
  const good = {
    store: memoryStore(),
    prefix: "acme",
    peppers: [PEPPER],
    clock: () => 0,
    random: (bytes: number) => new Uint8Array(bytes),
  };
  const OPTIONS: { readonly [option: string]: readonly string[] } = {
    store: [],
    prefix: [],
    acceptedPrefixes: ["an empty array"],
    peppers: ["an empty array"],
    scopes: [],
    settings: EMPTY,
    gateStaleMs: [],
    clock: ["a function", "a proxy of a function"],
    random: ["a function", "a proxy of a function"],
  };

  it.each(Object.entries(OPTIONS))("%s", (option, takes) => {
    for (const [name, make] of Object.entries(HOSTILE)) {
      const create = (): Keyring => createKeyring({ ...good, [option]: make() });
      if (takes.includes(name)) expect(create, name).not.toThrow();
      else {
        expect(create, name).toThrow(TypeError);
        expect(create, name).toThrow(new RegExp(option));
      }
    }
  });

  it("undefined is as absent, for the optional ones", () => {
    for (const option of ["acceptedPrefixes", "peppers", "scopes", "settings", "gateStaleMs", "clock", "random"]) {
      expect(() => createKeyring({ ...good, [option]: undefined })).not.toThrow();
    }
    for (const option of ["store", "prefix"])
      expect(() => createKeyring({ ...good, [option]: undefined })).toThrow(TypeError);
  });

  it("the options themselves", () => {
    for (const [name, make] of Object.entries(HOSTILE)) {
      expect(() => createKeyring(make() as never), name).toThrow(TypeError);
      expect(() => createKeyring(make() as never), name).toThrow(/createKeyring|prefix|store/);
    }
    expect(() => createKeyring(undefined as never)).toThrow(TypeError);
  });

  it("promise 5: without a character of a connection string that stands in the wrong place", () => {
    const url = "postgres://admin:s3cretpw@db/x";
    for (const name of ["store", "scopes", "acceptedPrefixes", "clock", "random"]) {
      const options = { store: memoryStore(), prefix: "acme_live", [name]: url };
      const refuse = (): unknown => Reflect.apply(createKeyring, undefined, [options]);
      expect(refuse).toThrow(new RegExp(`^${name} must be .* got a string of ${url.length} characters`));
      expect(refuse).not.toThrow("s3cretpw");
    }
    expect(() => Reflect.apply(createKeyring, undefined, [url])).toThrow("got a string of");
  });

  it("a getter that throws, in any of them", () => {
    for (const option of Object.keys(OPTIONS)) {
      const options = Object.defineProperty({ ...good }, option, {
        enumerable: true,
        get() {
          throw new Error("no");
        },
      });
      expect(() => createKeyring(options)).toThrow(TypeError);
      expect(() => createKeyring(options)).toThrow(new RegExp(option));
    }
  });

  it("an unknown one, by name", () => {
    const misspelt = { ...good, pepper: [PEPPER] };
    expect(() => createKeyring(misspelt)).toThrow(/^createKeyring has no option "pepper"; allowed: store, prefix, /);
  });

  it("a store that lacks methods, by their names", () => {
    const { consume: _consume, append: _append, ...rest } = memoryStore();
    const store = { ...rest, settings: { get: rest.settings.get }, owners: null };
    expect(() => createKeyring({ ...good, store: store as never })).toThrow(
      /^store must be a Store.* without consume, append, settings\.replace, owners\.read, owners\.suspend, owners\.resume$/,
    );
  });

  it("scopes that are no catalogue, though they look like its definition", () => {
    expect(() => createKeyring({ ...good, scopes: { invoices: ["read"] } as never })).toThrow(
      /^scopes must be what defineScopes returned/,
    );
    expect(() => createKeyring({ ...good, scopes: defineScopes({ invoices: ["read"] }) })).not.toThrow();
  });

  it("a clock that gives no time stops everything rather than let nothing expire", async () => {
    for (const time of [Number.NaN, -1, Number.POSITIVE_INFINITY, "now", undefined]) {
      const keyring = createKeyring({ ...good, clock: () => time as number });
      await expect(keyring.create({ owner: "user_1", name: "A key" })).rejects.toThrow(
        /clock must return epoch milliseconds/,
      );
    }
  });
});
