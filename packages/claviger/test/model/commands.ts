import { type ApiKey, formatToken, tryParseToken } from "@claviger/core";
import type { FakeClock } from "@claviger/testing";
import fc from "fast-check";
import { expect } from "vitest";
import type { CreateInput, Keyring, RotateOptions } from "../../src/keyring.js";
import { type Command, chosen, type Entry, MAX_KEYS } from "./book.js";
import { expectOutcome, expectShown } from "./expectations.js";
import { act, isLive, type ModelKey, verify } from "./model.js";

const HOUR_MS = 3_600_000;
const SCOPES = ["invoices:read", "invoices:write", "payments:send"];

/** A command on one of the keys, through one of the keyrings; both are taken modulo how many there are. */
function onKey<Given extends { readonly which: number; readonly keyring: number }>(
  name: string,
  given: fc.Arbitrary<Given>,
  run: (entry: Entry, given: Given, keyring: Keyring, clock: FakeClock) => Promise<void>,
): fc.Arbitrary<Command> {
  return given.map((drawn) => ({
    check: ({ keys }) => keys.length > 0,
    async run({ keys }, { keyrings, clock }) {
      await run(chosen(keys, drawn.which), drawn, chosen(keyrings, drawn.keyring), clock);
    },
    toString: () => `${name} ${JSON.stringify(drawn)}`,
  }));
}

const where = { which: fc.nat(5), keyring: fc.nat(1) };

const create: fc.Arbitrary<Command> = fc
  .record({
    keyring: where.keyring,
    scopes: fc.subarray(SCOPES),
    startsInMs: fc.constantFrom(null, null, HOUR_MS),
    expiresIn: fc.constantFrom("2h" as const, "1d" as const),
    credits: fc.constantFrom(0, 1, 3, 1_000),
  })
  .map((drawn) => ({
    check: ({ keys }) => keys.length < 6,
    async run({ keys }, { keyrings, clock, owner }) {
      const { scopes, startsInMs, expiresIn, credits } = drawn;
      const notBefore = startsInMs === null ? null : clock.now() + startsInMs;
      const input: CreateInput = {
        owner,
        name: "A",
        scopes,
        expiresIn,
        limits: [{ name: "budget", kind: "credits", limit: credits }],
        ...(notBefore !== null && { notBefore }),
      };
      const issuing = chosen(keyrings, drawn.keyring).create(input);
      if (keys.filter(({ key }) => isLive(key, clock.now())).length >= MAX_KEYS) {
        return expect(issuing).rejects.toMatchObject({ code: "limit_reached", limit: MAX_KEYS });
      }
      const issued = await issuing;
      const expiresAt = clock.now() + (expiresIn === "2h" ? 2 : 24) * HOUR_MS;
      const { token } = issued;
      const key: ModelKey = {
        state: "active",
        version: 1,
        name: "A",
        scopes,
        notBefore,
        expiresAt,
        credits,
        token,
        former: null,
      };
      const entry = { id: issued.key.id, key, tokens: [token] };
      keys.push(entry);
      expectShown(issued.key, entry, clock.now());
    },
    toString: () => `create ${JSON.stringify(drawn)}`,
  }));

/** A token of the key, new or old; or a wrong one of the same id; or a damaged one. */
const verifyCommand = onKey(
  "verify",
  fc.record({
    ...where,
    token: fc.oneof(fc.nat(9), fc.constantFrom("wrong" as const, "damaged" as const)),
    scope: fc.option(fc.constantFrom(...SCOPES), { nil: undefined }),
  }),
  async (entry, { token: choice, scope }, keyring, clock) => {
    const token = tokenOf(entry, choice);
    const predicted = choice === "damaged" ? "malformed" : verify(entry.key, token, scope, clock.now());
    const verdict = await keyring.verify(token, scope === undefined ? {} : { scopes: [scope] });
    expect(verdict.ok ? "ok" : verdict.code).toBe(predicted);
    if (verdict.ok) expectShown(verdict.key, entry, clock.now());
    else expect(verdict.keyId).toBe(predicted === "unknown" || predicted === "malformed" ? undefined : entry.id);
    if (verdict.limits !== undefined)
      expect(verdict.limits).toMatchObject([{ name: "budget", remaining: entry.key.credits }]);
  },
);

function tokenOf({ id, tokens }: Entry, choice: number | "wrong" | "damaged"): string {
  if (typeof choice === "number") return tokens[choice % tokens.length] ?? "";
  const [token = ""] = tokens;
  if (choice === "damaged") return `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`;
  return formatToken(tryParseToken(token)?.prefix ?? "", id, "wrong".padEnd(32, "0"));
}

const PLAIN = ["disable", "enable", "revoke", "leaked", "delete", "finish", "cancel"] as const;

/** An act that gives nothing but, sometimes, the version that the caller has seen. */
const plainAct = (verb: (typeof PLAIN)[number]): fc.Arbitrary<Command> =>
  onKey(
    verb,
    fc.record({ ...where, seen: fc.constantFrom("any", "any", "current", "older") }),
    (entry, { seen }, keyring, clock) => {
      const { version } = entry.key;
      const options = seen === "any" ? {} : { ifVersion: seen === "current" ? version : version + 1 };
      const verbs: { readonly [Verb in (typeof PLAIN)[number]]: () => Promise<ApiKey | undefined> } = {
        disable: () => keyring.disable(entry.id, options),
        enable: () => keyring.enable(entry.id, options),
        revoke: () => keyring.revoke(entry.id, options),
        leaked: () => keyring.revoke(entry.id, { ...options, leaked: true }),
        delete: () => keyring.delete(entry.id, options).then(() => undefined),
        finish: () => keyring.finishRotation(entry.id, options),
        cancel: () => keyring.cancelRotation(entry.id, options),
      };
      const isStale = seen === "older" && entry.key.state !== "destroyed";
      const predicted = isStale ? "conflict" : act(verb, entry.key, clock.now());
      return expectOutcome(predicted, entry, clock, verbs[verb]);
    },
  );

const update = onKey(
  "update",
  fc.record({
    ...where,
    name: fc.constantFrom(undefined, "A", "B"),
    scopes: fc.option(fc.subarray(SCOPES), { nil: undefined }),
    hours: fc.constantFrom(undefined, 2, 30),
  }),
  (entry, { name, scopes, hours }, keyring, clock) => {
    const given = { ...(name !== undefined && { name }), ...(scopes !== undefined && { scopes }) };
    const expiresAt = hours === undefined ? {} : { expiresAt: clock.now() + hours * HOUR_MS };
    const predicted = act("update", entry.key, clock.now(), { ...given, ...expiresAt });
    return expectOutcome(predicted, entry, clock, () => keyring.update(entry.id, { ...given, ...expiresAt }));
  },
);

const rotate = onKey(
  "rotate",
  fc.record({
    ...where,
    overlapMs: fc.constantFrom(0, 1, HOUR_MS, 24 * HOUR_MS),
    hours: fc.constantFrom(undefined, undefined, 2, 30),
  }),
  (entry, { overlapMs, hours }, keyring, clock) => {
    const expiresAt = hours === undefined ? {} : { expiresAt: clock.now() + hours * HOUR_MS };
    const predicted = act("rotate", entry.key, clock.now(), { overlapMs, ...expiresAt });
    const options: RotateOptions = { overlap: overlapMs, ...expiresAt };
    return expectOutcome(predicted, entry, clock, async () => {
      const { key, token } = await keyring.rotate(entry.id, options);
      entry.key.token = token;
      entry.tokens.push(token);
      return key;
    });
  },
);

/** Time goes on: a little, or to the very moment, or the one before it, at which something begins or ends. */
const advance: fc.Arbitrary<Command> = fc
  .record({ to: fc.constantFrom("border", "border - 1", "border + 1", "soon", "later"), which: fc.nat(9) })
  .map(({ to, which }) => ({
    check: () => true,
    async run({ keys }, { clock }) {
      const now = clock.now();
      const borders = keys
        .flatMap(({ key }) => [key.expiresAt, key.notBefore ?? 0, key.former?.endsAt ?? 0])
        .filter((at) => at > now);
      const border = borders[which % Math.max(1, borders.length)] ?? now + 1;
      const steps: { readonly [to: string]: number } = {
        border,
        "border - 1": border - 1,
        "border + 1": border + 1,
        soon: now + 60_000,
      };
      clock.set(steps[to] ?? now + 5 * HOUR_MS);
    },
    toString: () => `advance to ${to} (${which})`,
  }));

/** A story of commands, most of them verifies. */
export const stories: fc.Arbitrary<Iterable<Command>> = fc.commands(
  [
    create,
    create,
    verifyCommand,
    verifyCommand,
    verifyCommand,
    update,
    rotate,
    rotate,
    advance,
    advance,
    ...PLAIN.map(plainAct),
  ],
  { maxCommands: 40, size: "max" },
);
