import { inspect } from "node:util";
import { ClavigerError, createPepperRing, parseToken, redactTokens, tryParseToken } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { seededRandom } from "@claviger/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKeyring } from "../../src/create-keyring.js";
import { usePostgres } from "../support/on-each-store.js";
import { openWorld, type World } from "../support/open-world.js";

const CANARY = "CanaryPepperThatMustNeverBeSeenAnywhere!";
const PEPPERS = [{ id: "p1", secret: new TextEncoder().encode(CANARY) }];

/** Everything of a value that anything could print. */
const laidOpen = (value: unknown): string =>
  inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, maxArrayLength: null, maxStringLength: null });

/** Whatever a keyring can be made to keep. */
const EVERYTHING = {
  cache: { maxStaleMs: 60_000, maxEntries: 100 },
  usage: { evidence: true },
  gateStaleMs: 60_000,
} as const;

const HEARD = [
  "key.created",
  "key.revoked",
  "key.refused",
  "settings.updated",
  "owner.suspended",
  "events.sealed",
] as const;

/** Columns of 64 hex digits: digests, and what events are tied together by. */
const HASHES: ReadonlySet<string> = new Set(["digest_hex", "previous_hex", "head", "body_hash", "chain_hash", "hash"]);
const SEALED_ROOT = /"root":"[0-9a-f]{64}"/;

const damagedOf = (token: string): string => `${token.slice(0, -1)}-`;

const windowsOf = (text: string): readonly string[] =>
  Array.from({ length: text.length - 7 }, (_, at) => text.slice(at, at + 8));

/** What must not be seen: any eight characters of a token's secret, and of the pepper as text, hex or base64, or as bytes. */
function expectClean(text: string, tokens: readonly string[]): void {
  const bytes = Buffer.from(CANARY);
  const secrets = [...tokens.map((token) => token.slice(-38)), CANARY, bytes.toString("hex"), bytes.toString("base64")];
  expect(secrets.flatMap(windowsOf).filter((window) => text.includes(window))).toEqual([]);
  const numbers = text.replaceAll(/[\s,]+/g, ",");
  const runs = Array.from({ length: bytes.length - 7 }, (_, at) => bytes.subarray(at, at + 8).join(","));
  expect(runs.filter((run) => numbers.includes(run))).toEqual([]);
}

function expectNoDigest(text: string, tokens: readonly string[]): void {
  const ring = createPepperRing(PEPPERS);
  for (const token of tokens) expect(text).not.toContain(ring.sign(token).hex);
}

/** Plays a life of keys, and gathers all that the library gave back but the tokens themselves. */
async function playLife({ keyring, clock }: World): Promise<{ tokens: readonly string[]; shown: unknown[] }> {
  const shown: unknown[] = [];
  const tokens: string[] = [];
  const keep = async (act: () => Promise<unknown>): Promise<void> => {
    shown.push(
      await act().catch((error: unknown) => [
        error,
        String(error),
        JSON.stringify(error),
        error instanceof Error && error.stack,
      ]),
    );
  };
  const issue = async (): Promise<string> => {
    const { key, token } = await keyring.create({
      owner: "user_1",
      name: "A key",
      limits: [{ name: "c", kind: "credits", limit: 3 }],
    });
    tokens.push(token);
    shown.push(key);
    return key.id;
  };

  const [id, gone] = [await issue(), await issue()];
  const [first = ""] = tokens;
  const rotated = await keyring.rotate(id, { reason: "yearly" });
  tokens.push(rotated.token);
  shown.push(rotated.key);
  for (const token of [...tokens, ...tokens]) await keep(() => keyring.verify(token, { scopes: ["a:b"], cost: 2 }));
  for (const token of [...tokens, ...tokens]) await keep(() => keyring.verify(token));
  await keep(() => keyring.update(id, { name: "Another" }, { ifVersion: 77 }));
  await keep(() => keyring.update(id, { name: "Another", metadata: { note: "new" } }));
  await keep(() => keyring.rotate(id));
  await keep(() => keyring.revoke(gone, { leaked: true }));
  await keep(() => keyring.enable(gone));
  await keep(() => keyring.delete(gone));
  await keep(() => keyring.get(gone));
  await keep(() => keyring.list());
  const address = "198.51.100.7";
  await keep(() => keyring.settings.update({ enabled: false }, { reason: `found ${first} on GitHub`, address }));
  await keep(() => keyring.verify(rotated.token, { client: rotated.token, ip: address }));
  await keep(() => keyring.settings.update({ enabled: true }));
  await keep(() => keyring.owners.suspend("user_1", { reason: `holds ${rotated.token}` }));
  await keep(() => keyring.verify(rotated.token));
  await keep(() => keyring.owners.resume("user_1"));
  await keep(() => keyring.verify(rotated.token, { client: `curl with ${rotated.token}` }));
  await keep(() => keyring.flush());
  await keep(() => keyring.usage.get(id));
  await keep(() => keyring.settings.get());
  const seal = await keyring.events.seal();
  const listed = await keyring.events.list({ pageSize: 100 });
  shown.push(listed, await keyring.events.verify({ seal }), await keyring.events.after(undefined, { limit: 100 }));
  for (const event of listed.items.slice(0, 2)) await keep(() => keyring.events.erase(event, { reason: first }));
  await keep(() => keyring.events.list({ cursor: first }));
  await keep(() => keyring.events.list(JSON.parse(JSON.stringify({ actor: first, types: [first] }))));
  await keep(() => keyring.events.after(first));
  await keep(() => keyring.usage.get(first));
  clock.advance(1_000 * 86_400_000);
  await keep(() => keyring.events.purge(clock.now() - 86_400_000));
  await keep(() => keyring.verify(first));
  await keep(() => keyring.update(id, { name: "Another" }));

  // A token where none belongs, as a hurried caller would have it.
  const damaged = damagedOf(first);
  for (const text of [first, damaged, `Bearer ${first}`]) {
    await keep(() => keyring.get(text));
    await keep(() => keyring.list({ cursor: text }));
    await keep(() => keyring.list({ scope: text }));
    await keep(() => keyring.list(JSON.parse(JSON.stringify({ [text]: text }))));
    await keep(() => keyring.create({ owner: "user_1", name: "A key", scopes: [text] }));
    await keep(() =>
      keyring.create({ owner: "user_1", name: "A key", limits: [{ name: text, kind: "credits", limit: 1 }] }),
    );
    await keep(() => keyring.create({ owner: "user_1", name: "A key", restrictions: { ip: { allow: [text] } } }));
    await keep(() => keyring.create({ owner: "user_1", name: "A key", expiresIn: JSON.parse(JSON.stringify(text)) }));
    await keep(() => keyring.verify(damaged));
    await keep(() => keyring.verify(first, { scopes: [text] }));
    await keep(() => keyring.verify(first, { cost: JSON.parse(JSON.stringify(text)) }));
    await keep(() => keyring.verify(first, JSON.parse(JSON.stringify({ [text]: 1 }))));
    await keep(async () => parseToken(text));
    await keep(async () => createKeyring({ store: memoryStore(), prefix: text }));
    await keep(async () => createKeyring({ store: memoryStore(), prefix: "acme", acceptedPrefixes: [text] }));
    await keep(async () => createKeyring(JSON.parse(JSON.stringify({ [text]: text }))));
    await keep(async () => keyring.tenant(text.repeat(3)));
    shown.push(redactTokens(text));
  }
  for (const secret of [CANARY, Buffer.from(CANARY).subarray(0, 31)]) {
    const peppers = JSON.parse(JSON.stringify([{ id: "p1" }]));
    await keep(async () =>
      createKeyring({ store: memoryStore(), prefix: "acme", peppers: [{ ...peppers[0], secret }] }),
    );
    await keep(async () => createKeyring({ store: memoryStore(), prefix: "acme", peppers: [...PEPPERS, ...PEPPERS] }));
  }
  await keyring.flush();
  return { tokens, shown };
}

describe("promise 5: neither a secret nor a digest leaves but in the result of create and rotate", () => {
  let printed = "";
  beforeEach(() => {
    printed = "";
    const catchText = (...given: readonly unknown[]): boolean => {
      printed += given.map((value) => (typeof value === "string" ? value : laidOpen(value))).join(" ");
      return true;
    };
    for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, "write").mockImplementation(catchText);
    for (const method of ["debug", "error", "info", "log", "trace", "warn"] as const) {
      vi.spyOn(console, method).mockImplementation(catchText);
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const { createStore, pool } = usePostgres(2);

  it.each([
    ["in memory", memoryStore],
    ["on PostgreSQL", () => createStore()],
  ])("verdicts, keys, errors, events, logs, and all that can be inspected, %s", async (_, create) => {
    const inner = create();
    const world = openWorld(inner, { peppers: PEPPERS, ...EVERYTHING });
    const heard: unknown[] = [];
    for (const type of HEARD) world.keyring.events.on(type, (event) => heard.push(event));
    const { tokens, shown } = await playLife(world);
    expect(tokens.length).toBe(3);
    expect(heard.length).toBeGreaterThanOrEqual(HEARD.length);
    expect(tokens.every((token) => tryParseToken(token) !== undefined)).toBe(true);
    const opened = [
      ...shown,
      ...heard,
      world.keyring,
      world.keyring.tenant("t"),
      world.events,
      inner,
      Object.values(world.keyring),
    ];
    for (const value of opened) {
      const text = laidOpen(value);
      expectClean(text, tokens);
      expectNoDigest(text, tokens);
    }
    const json = JSON.stringify([shown, heard, world.events, world.keyring]);
    expectClean(json, tokens);
    expectNoDigest(json, tokens);
    expect(printed).toBe("");
  });

  it("the catch would catch: a token, a half of one, a pepper and a digest are found where they are", () => {
    const world = openWorld(memoryStore(), { peppers: PEPPERS });
    return world.keyring.create({ owner: "user_1", name: "A key" }).then((issued) => {
      const { token } = issued;
      const half = token.slice(-38, -25);
      for (const leak of [
        issued,
        { deep: [{ half }] },
        new Error("x", { cause: { PEPPERS } }),
        Buffer.from(CANARY).toString("hex"),
      ]) {
        expect(() => expectClean(laidOpen(leak), [token])).toThrow();
      }
      expect(() => expectNoDigest(laidOpen({ d: createPepperRing(PEPPERS).sign(token) }), [token])).toThrow();
    });
  });

  it("DB-5 the database holds no token and no pepper, and digests only in their columns", async () => {
    const world = openWorld(createStore(), { peppers: PEPPERS, ...EVERYTHING });
    const { tokens } = await playLife(world);
    const { rows: tables } = await pool().query(
      "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'claviger'",
    );
    expect(tables.length).toBeGreaterThanOrEqual(4);
    let digests = 0;
    for (const { name } of tables) {
      const { rows } = await pool().query(`SELECT * FROM claviger.${name}`);
      expectClean(JSON.stringify(rows), tokens);
      for (const row of rows) {
        for (const [column, value] of Object.entries(row)) {
          const text = JSON.stringify(value);
          if (column === "digest_hex" || column === "previous_hex") digests += 1;
          else expectNoDigest(text, tokens);
          if (!HASHES.has(column)) expect(text.replace(SEALED_ROOT, "")).not.toMatch(/[0-9a-f]{64}/i);
        }
      }
    }
    expect(digests).toBeGreaterThan(0);
  });

  it("an error of the database holds no digest, though its driver quotes the row that failed", async () => {
    const world = openWorld(createStore(), { peppers: PEPPERS, random: seededRandom(424_242) });
    await pool().query("ALTER TABLE claviger.keys ADD CONSTRAINT never CHECK (length(digest_hex) < 10) NOT VALID");
    try {
      const error = await world.keyring.create({ owner: "user_1", name: "A key" }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ClavigerError);
      expect(error).toMatchObject({ code: "store_unavailable" });
      expect(laidOpen(error)).toContain("never");
      expect(laidOpen(error)).not.toMatch(/[0-9a-f]{64}/);
    } finally {
      await pool().query("ALTER TABLE claviger.keys DROP CONSTRAINT never");
    }
  });
});
