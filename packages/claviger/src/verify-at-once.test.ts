import { formatToken, type Verdict } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { fakeClock } from "@claviger/testing";
import { expect, it } from "vitest";
import { createKeyring } from "./create-keyring.js";
import type { KeyringOptions } from "./options.js";
import { verifyAtOnce } from "./verify-at-once.js";

const LIMIT = 4;

async function oneKey(options: Partial<KeyringOptions>) {
  const keyring = createKeyring({ store: memoryStore(), prefix: "acme", ...options });
  const limits = [{ name: "ever", kind: "credits", limit: LIMIT }] as const;
  const { key, token } = await keyring.create({ owner: "user_1", name: "A key", limits });
  return { keyring, key, token };
}

function isWaiting(answer: Verdict | Promise<Verdict>): boolean {
  return answer instanceof Promise;
}

it("answers as verify does, at once where the key is in the cache; what it charges, verify finds spent", async () => {
  const { keyring, key, token } = await oneKey({ cache: { maxStaleMs: 60_000, maxEntries: 10 } });
  const atOnce = verifyAtOnce(keyring);
  const first = atOnce(token);
  expect(isWaiting(first)).toBe(true);
  expect(await first).toMatchObject({ ok: true, key: { id: key.id } });
  expect(atOnce(token)).toMatchObject({ ok: true, key: { id: key.id }, limits: [{ remaining: 2 }] });
  expect(atOnce(token)).toMatchObject({ ok: true, key: { id: key.id }, limits: [{ remaining: 1 }] });
  expect(await keyring.verify(token)).toMatchObject({ ok: true, limits: [{ remaining: 0 }] });
  expect(atOnce(token)).toMatchObject({ ok: false, code: "quota_exceeded", keyId: key.id });
  expect(atOnce("no token")).toEqual(await keyring.verify("no token"));
  expect(atOnce(token, { cost: 0 })).toMatchObject({ code: "malformed", problem: expect.any(String) });
  await keyring.revoke(key.id);
  expect(await atOnce(token)).toMatchObject({ ok: false, code: "revoked" });
});

it("knows a token by all of it, whether its owner's standing is known or has to be read again", async () => {
  const clock = fakeClock();
  const { keyring, key, token } = await oneKey({
    cache: { maxStaleMs: 60_000, maxEntries: 10 },
    gateStaleMs: 1_000,
    clock: clock.now,
  });
  const atOnce = verifyAtOnce(keyring);
  await atOnce(token);
  const id = token.length - 55;
  // One other character, and the same checksum; and the same id in another token, well-formed.
  const edited = `${token.slice(0, -7)}${token.at(-7) === "0" ? "1" : "0"}${token.slice(-6)}`;
  const { token: of } = await keyring.create({ owner: "user_2", name: "Another" });
  const forged = formatToken("acme", token.slice(id, id + 16), of.slice(-38, -6));
  for (const passedMs of [0, 1_000]) {
    clock.advance(passedMs);
    expect(await atOnce(edited)).toEqual({ ok: false, code: "malformed" });
    expect(atOnce(token)).toMatchObject({ ok: true, key: { id: key.id } });
  }
  expect(await atOnce(forged)).toEqual({ ok: false, code: "unknown" });
  expect(await atOnce(token)).toMatchObject({ ok: true });
  clock.advance(1_000);
  await keyring.owners.suspend("user_1");
  clock.advance(1_000);
  expect(await atOnce(token)).toEqual({ ok: false, code: "owner_suspended", keyId: key.id });
});

it("without a cache waits for the store, every time", async () => {
  const { keyring, token } = await oneKey({});
  const atOnce = verifyAtOnce(keyring);
  for (let verified = 1; verified <= LIMIT; verified += 1) {
    const answer = atOnce(token);
    expect(isWaiting(answer)).toBe(true);
    expect(await answer).toMatchObject({ ok: true, limits: [{ remaining: LIMIT - verified }] });
  }
});

it("promise 4: fails as verify does where the store fails, or the keyring is closed", async () => {
  const { keyring, token } = await oneKey({ cache: { maxStaleMs: 60_000, maxEntries: 10 } });
  const atOnce = verifyAtOnce(keyring);
  await atOnce(token);
  await keyring.close();
  await expect((async () => atOnce(token))()).rejects.toMatchObject({ code: "store_unavailable" });
});

it("asks who stands in the place of verify, and not the keyring past him", async () => {
  const { keyring, token } = await oneKey({ cache: { maxStaleMs: 60_000, maxEntries: 10 } });
  await keyring.verify(token);
  const heard: unknown[] = [];
  const wrapped = {
    ...keyring,
    verify: async (...given: Parameters<typeof keyring.verify>): Promise<Verdict> => {
      heard.push(given);
      return { ok: false, code: "unknown" };
    },
  };
  expect(await verifyAtOnce(wrapped)(token, { ip: "10.0.0.1" })).toEqual({ ok: false, code: "unknown" });
  expect(heard).toEqual([[token, { ip: "10.0.0.1" }]]);
});

it("keeps to a keyring whose verify needs its object", async () => {
  class Always {
    readonly verdict: Verdict = { ok: false, code: "unknown" };
    async verify(): Promise<Verdict> {
      return this.verdict;
    }
  }
  expect(await verifyAtOnce(new Always())("x")).toEqual({ ok: false, code: "unknown" });
});

it("asks whoever stands in the place of verify by then: a spy that came later, a keyring that was opened anew", async () => {
  const cache = { maxStaleMs: 60_000, maxEntries: 10 };
  const first = await oneKey({ cache });
  const spied = { ...first.keyring };
  const atOnce = verifyAtOnce(spied);
  expect(await atOnce(first.token)).toMatchObject({ ok: true });
  spied.verify = async () => ({ ok: false, code: "unknown" });
  expect(await atOnce(first.token)).toEqual({ ok: false, code: "unknown" });
  spied.verify = first.keyring.verify;
  expect(await atOnce(first.token)).toMatchObject({ ok: true });

  const second = await oneKey({ cache });
  let current = first.keyring;
  const lazy = verifyAtOnce({
    get verify() {
      return current.verify;
    },
  });
  await first.keyring.close();
  current = second.keyring;
  for (const waits of [true, false]) {
    const answer = lazy(second.token);
    expect(isWaiting(answer)).toBe(waits);
    expect(await answer).toMatchObject({ ok: true, key: { id: second.key.id } });
  }
});
