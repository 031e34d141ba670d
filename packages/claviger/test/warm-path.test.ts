import { formatToken, parseToken } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeyringOptions } from "../src/options.js";
import { openWorld, type World } from "./support/open-world.js";

const CACHE = { maxStaleMs: 3_600_000, maxEntries: 100 };
const KEPT: readonly (readonly [string, Partial<KeyringOptions>])[] = [
  ["by the records of the store", {}],
  ["in a cache", { cache: CACHE }],
];
const REQUEST = { scopes: ["invoices:read"], ip: "10.1.2.3" };
const KEY = {
  owner: "anna",
  name: "A key",
  scopes: ["invoices:read"],
  restrictions: { ip: { allow: ["10.0.0.0/8"] } },
};

type Act = (world: World, id: string, tokens: string[]) => Promise<unknown>;

const ACTS: Readonly<Record<string, Act>> = {
  async rotate({ keyring }, id, tokens) {
    tokens.push((await keyring.rotate(id, { overlap: "10m" })).token);
  },
  async "rotate at once"({ keyring }, id, tokens) {
    tokens.push((await keyring.rotate(id, { overlap: 0 })).token);
  },
  "finish the rotation": ({ keyring }, id) => keyring.finishRotation(id),
  "cancel the rotation": ({ keyring }, id) => keyring.cancelRotation(id),
  disable: ({ keyring }, id) => keyring.disable(id),
  enable: ({ keyring }, id) => keyring.enable(id),
  narrow: ({ keyring }, id) => keyring.update(id, { scopes: [] }),
  widen: ({ keyring }, id) => keyring.update(id, { scopes: ["invoices:*"] }),
  "move away": ({ keyring }, id) => keyring.update(id, { restrictions: { ip: { deny: ["10.1.0.0/16"] } } }),
  suspend: ({ keyring }) => keyring.owners.suspend("anna"),
  resume: ({ keyring }) => keyring.owners.resume("anna"),
  revoke: ({ keyring }, id) => keyring.revoke(id),
  delete: ({ keyring }, id) => keyring.delete(id),
  "a minute": async ({ clock }) => clock.advance(60_000),
  "an hour": async ({ clock }) => clock.advance(3_600_000),
};

describe.each(KEPT)("a key that is kept ready %s", (_, options) => {
  it("promises 1 and 2: is verified as by a process that knows nothing, whatever was done to it", async () => {
    const acts = fc.array(fc.constantFrom(...Object.keys(ACTS)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(acts, async (names) => {
        const warm = openWorld(memoryStore(), options);
        const { key, token } = await warm.keyring.create({ ...KEY, expiresIn: "2h" });
        const tokens = [token];
        for (const name of names) {
          // What is refused changes nothing, and is another test's.
          await ACTS[name]?.(warm, key.id, tokens).catch(() => undefined);
          const cold = openWorld(warm.store);
          cold.clock.set(warm.clock.now());
          for (const each of [...tokens, ...tokens])
            expect(await warm.keyring.verify(each, REQUEST)).toEqual(await cold.keyring.verify(each, REQUEST));
        }
      }),
    );
  });

  it("knows no other secret than its own, be it by one character", async () => {
    const { keyring } = openWorld(memoryStore(), options);
    const { key, token } = await keyring.create(KEY);
    for (let round = 0; round < 3; round += 1) expect((await keyring.verify(token, REQUEST)).ok).toBe(true);
    const { prefix } = parseToken(token);
    const secret = token.slice(-38, -6);
    for (let index = 0; index < secret.length; index += 1) {
      const edited = `${secret.slice(0, index)}${secret[index] === "A" ? "B" : "A"}${secret.slice(index + 1)}`;
      expect(await keyring.verify(formatToken(prefix, key.id, edited), REQUEST)).toEqual({
        ok: false,
        code: "unknown",
      });
    }
    for (let index = 0; index < token.length; index += 1) {
      const edited = `${token.slice(0, index)}${token[index] === "a" ? "b" : "a"}${token.slice(index + 1)}`;
      expect(await keyring.verify(edited, REQUEST)).toEqual({ ok: false, code: "malformed" });
    }
    expect((await keyring.verify(token, REQUEST)).ok).toBe(true);
  });

  it("is shown as one frozen object, until it changes", async () => {
    const { keyring } = openWorld(memoryStore(), options);
    const { key, token } = await keyring.create(KEY);
    const shown = async (): Promise<unknown> => {
      const verdict = await keyring.verify(token, REQUEST);
      return verdict.ok ? verdict.key : verdict.code;
    };
    const first = await shown();
    expect(Object.isFrozen(first)).toBe(true);
    expect(await shown()).toBe(first);
    await keyring.update(key.id, { name: "Another name" });
    expect(await shown()).toMatchObject({ name: "Another name" });
  });

  it("decides on what was asked for, whatever becomes of the request meanwhile", async () => {
    const { keyring } = openWorld(memoryStore(), { ...options, gateStaleMs: 0 });
    const { token } = await keyring.create(KEY);
    for (let round = 0; round < 3; round += 1) {
      const scopes = ["invoices:write"];
      const request = { scopes, ip: "192.0.2.1" };
      const asked = keyring.verify(token, request);
      scopes[0] = "invoices:read";
      request.ip = "10.1.2.3";
      expect(await asked).toMatchObject({ ok: false, code: "restricted" });
      const asking = keyring.verify(token, { scopes: ["invoices:write"], ip: "10.1.2.3" });
      expect(await asking).toMatchObject({ ok: false, code: "insufficient_scope" });
    }
  });
});
