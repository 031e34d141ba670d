import { memoryStore } from "@claviger/memory";
import { fakeClock } from "@claviger/testing";
import { createKeyring, type DenialCode, defineScopes, type Verdict } from "claviger";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Authenticate, authenticate, type RequestView, type Verifier } from "../src/index.js";

const invalid: Verdict = { ok: false, code: "unknown" };

const presented = (token: string): RequestView => ({
  raw: {},
  rawHeaders: ["Authorization", `Bearer ${token}`],
  peer: "192.0.2.1",
});

/** A keyring whose verdict is settled. */
function keyringThat(verdict: Verdict, clock: () => number = () => 0): Verifier {
  return { verify: async () => verdict, clock, scopes: defineScopes({}) };
}

const INVALID_KEY: readonly DenialCode[] = [
  "malformed",
  "unknown",
  "pending",
  "disabled",
  "expired",
  "revoked",
  "compromised",
  "tenant_disabled",
  "owner_suspended",
];

describe("failed attempts", () => {
  const statusOf = async (decide: Authenticate<undefined>, peer: string | undefined = "192.0.2.1") => {
    const outcome = await decide(undefined, { ...presented("x"), peer });
    return outcome.admitted ? 200 : outcome.status;
  };

  /** How many are answered 401 before one is not; no more than 1,000 are sent. */
  const countOf401 = async (decide: Authenticate<undefined>, peer?: string) => {
    let count = 0;
    while (count < 1000 && (await statusOf(decide, peer)) === 401) count += 1;
    return count;
  };

  it("are 300 at once, unless said otherwise, and as many again in a minute", async () => {
    const clock = fakeClock();
    const keyring: Verifier = keyringThat(invalid, clock.now);
    const decide = authenticate(keyring);
    expect(await countOf401(decide)).toBe(300);
    clock.advance(59_999);
    expect(await countOf401(decide)).toBe(299);
    clock.advance(60_000);
    expect(await countOf401(decide)).toBe(300);
    expect(await countOf401(authenticate({ ...keyring }, { failedAttempts: { limit: 7, per: "1h" } }))).toBe(7);
  });

  it("are counted once for all middlewares of a keyring with the same limit, each keyring's for itself", async () => {
    const keyring: Verifier = keyringThat(invalid);
    const failedAttempts = { limit: 3, per: "1m" } as const;
    expect(await countOf401(authenticate(keyring, { failedAttempts }))).toBe(3);
    expect(await countOf401(authenticate(keyring, { failedAttempts: { limit: 3, per: 60_000 } }))).toBe(0);
    expect(await countOf401(authenticate(keyring, { failedAttempts: { limit: 4, per: "1m" } }))).toBe(4);
    expect(await countOf401(authenticate({ ...keyring }, { failedAttempts }))).toBe(3);
  });

  it("false: are not counted", async () => {
    const decide = authenticate(keyringThat(invalid), { failedAttempts: false });
    for (let tried = 0; tried < 400; tried += 1) expect(await statusOf(decide)).toBe(401);
  });

  it("of every code that makes a key invalid are answered with the same words; of all others they are not counted", async () => {
    let verdict: Verdict = invalid;
    const keyring: Verifier = { ...keyringThat(invalid), verify: async () => verdict };
    const decide = authenticate(keyring, { failedAttempts: { limit: 1, per: "10s" } });
    const others: readonly DenialCode[] = ["insufficient_scope", "restricted", "rate_limited", "quota_exceeded"];
    for (const code of others) {
      verdict = { ok: false, code };
      const before = await decide(undefined, presented("x"));
      for (let tried = 0; tried < 3; tried += 1) expect(await decide(undefined, presented("x"))).toEqual(before);
    }
    verdict = invalid;
    expect(await statusOf(decide)).toBe(401);
    for (const code of INVALID_KEY) {
      verdict = { ok: false, code, ...(code !== "malformed" && { keyId: "k".repeat(16) }), retryAfterMs: 7 };
      expect(await decide(undefined, presented("x"))).toEqual({
        admitted: false,
        status: 429,
        headers: {
          "Content-Type": "application/problem+json",
          "Content-Length": expect.any(String),
          "Cache-Control": "no-store",
          "Retry-After": "10",
        },
        body: expect.stringContaining("/problems/too-many-attempts"),
      });
    }
    for (const code of others) {
      verdict = { ok: false, code };
      expect(await decide(undefined, presented("x"))).toEqual(
        await authenticate(keyringThat(verdict))(undefined, presented("x")),
      );
    }
  });

  it("are told to onVerdict as what they were", async () => {
    const heard: unknown[] = [];
    const decide = authenticate(keyringThat(invalid), {
      failedAttempts: { limit: 1, per: "1m" },
      onVerdict: (verdict) => void heard.push(verdict),
    });
    expect([await statusOf(decide), await statusOf(decide)]).toEqual([401, 429]);
    expect(heard).toEqual([invalid, invalid]);
  });

  it.each([
    ["an IPv4 address, mapped or not", ["192.0.2.1", "::ffff:192.0.2.1"], "192.0.2.2"],
    ["the /64 of an IPv6 address", ["2001:db8::1", "2001:DB8:0:0:ffff::2"], "2001:db8:0:1::1"],
    ["whatever is no address", [undefined, "unknown", "10.0.0.1:4711", "fe80::1%eth0"], "10.0.0.1"],
  ])("are counted by address: %s is one", async (_, same, other) => {
    const decide = authenticate(keyringThat(invalid), {
      failedAttempts: { limit: 1, per: "1m" },
      clientAddress: (ip: string | undefined) => ip,
    });
    const answered = async (ip: string | undefined) => {
      const outcome = await decide(ip, presented("x"));
      return outcome.admitted ? 200 : outcome.status;
    };
    expect(await answered(same[0])).toBe(401);
    for (const ip of same) expect(await answered(ip)).toBe(429);
    expect(await answered(other)).toBe(401);
  });

  it("a valid key behind the same address is never refused, whatever else comes from there", async () => {
    const real = createKeyring({ store: memoryStore(), prefix: "acme_live", usage: false });
    const { token } = await real.create({ owner: "user_1", name: "test" });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean()), async (comers) => {
        const decide = authenticate({ ...real }, { failedAttempts: { limit: 1, per: "1d" } });
        for (const isValid of comers) {
          const outcome = await decide(undefined, presented(isValid ? token : "x"));
          expect(outcome.admitted).toBe(isValid);
        }
      }),
    );
  });
});
