import { memoryStore } from "@claviger/memory";
import { ClavigerError, createKeyring, type DenialCode, type Verdict } from "claviger";
import { describe, expect, it } from "vitest";
import { authenticate } from "./authenticate.js";
import type { ApiKeyAuthOptions } from "./options.js";
import type { Outcome } from "./outcome.js";
import { fetchView, type RequestView } from "./request-view.js";
import type { Verifier } from "./verifier.js";

const real = createKeyring({ store: memoryStore(), prefix: "acme_live" });
const presented = (token: string): RequestView => ({
  raw: {},
  rawHeaders: ["Authorization", `Bearer ${token}`],
  peer: "192.0.2.1",
});

/** A keyring whose verdict is settled. */
function keyringThat(verify: Verifier["verify"]): Verifier {
  return { ...real, verify };
}

function denies(verdict: Verdict): Verifier {
  return keyringThat(async () => verdict);
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

describe("authenticate", () => {
  it("promise 9: whatever makes a key invalid is answered with the same words", async () => {
    const answers = [];
    for (const code of INVALID_KEY) {
      answers.push(
        await authenticate(denies({ ok: false, code, ...(code !== "malformed" && { keyId: "k".repeat(16) }) }))(
          undefined,
          presented("x"),
        ),
      );
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ admitted: false, status: 401 });
  });

  it("promise 4: only trouble in the store is 503; what else is thrown is thrown on", async () => {
    const down = authenticate(keyringThat(() => Promise.reject(new ClavigerError("store_unavailable", "down"))));
    expect(await down(undefined, presented("x"))).toMatchObject({ status: 503, headers: { "Retry-After": "5" } });
    const broken = authenticate(keyringThat(() => Promise.reject(new ClavigerError("conflict", "odd"))));
    await expect(broken(undefined, presented("x"))).rejects.toThrow("odd");
    const mistaken = authenticate(keyringThat(() => Promise.reject(new RangeError("a mistake"))));
    await expect(mistaken(undefined, presented("x"))).rejects.toThrow(RangeError);
  });

  it("a request that verify cannot read is the programmer's mistake, not the client's", async () => {
    const decide = authenticate(
      denies({ ok: false, code: "malformed", problem: "cost must be a positive whole number" }),
    );
    await expect(decide(undefined, presented("x"))).rejects.toThrow("cost must be a positive whole number");
  });

  it("a refused limit without a wait has no Retry-After", async () => {
    const limits = [{ name: "ever", kind: "credits", limit: 1, remaining: 0 }] as const;
    const outcome = await authenticate(denies({ ok: false, code: "quota_exceeded", limits }))(
      undefined,
      presented("x"),
    );
    expect(outcome).toMatchObject({ status: 429, headers: { RateLimit: '"ever";r=0' } });
    expect(outcome.headers).not.toHaveProperty("Retry-After");
  });

  it("a 429 names every limit that refused, and no other", async () => {
    const state = { kind: "credits", limit: 9, remaining: 0 } as const;
    const limits = [
      { ...state, name: "month", refused: true },
      { ...state, name: "burst", remaining: 3 },
      { ...state, name: "month", sharedBy: "owner", refused: true },
    ] as const;
    const outcome = await authenticate(denies({ ok: false, code: "quota_exceeded", limits }))(
      undefined,
      presented("x"),
    );
    const body = "body" in outcome ? outcome.body : "";
    expect(JSON.parse(body)).toMatchObject({ status: 429, "violated-policies": ["month", "owner:month"] });
    expect(outcome.headers["Content-Length"]).toBe(String(body.length));
    const unexplained = await authenticate(denies({ ok: false, code: "rate_limited" }))(undefined, presented("x"));
    expect(unexplained).not.toMatchObject({ body: expect.stringContaining("violated-policies") });
  });

  it("asks verify for what the options say, with the socket's address and the client's name for itself", async () => {
    const asked: unknown[] = [];
    const keyring = keyringThat(async (...given) => {
      asked.push(given);
      return { ok: false, code: "unknown" };
    });
    await authenticate(keyring)(undefined, presented("x"));
    const options = {
      scopes: (n: number) => [`a:b${n}`],
      cost: (n: number) => n,
      resources: { account: "A" },
      clientAddress: () => "10.0.0.1",
    };
    await authenticate(keyring, options)(7, presented("y"));
    const { rawHeaders, ...named } = presented("z");
    await authenticate(keyring, { resources: "later", clientAddress: () => undefined })(undefined, {
      ...named,
      rawHeaders: [...rawHeaders, "user-Agent", "invoices/2.1 (export)", "User-Agent", "other"],
    });
    expect(asked).toEqual([
      ["x", { scopes: [], cost: 1, ip: "192.0.2.1" }],
      ["y", { scopes: ["a:b7"], cost: 7, resources: { account: "A" }, ip: "10.0.0.1" }],
      ["z", { scopes: [], cost: 1, resources: "later", client: "invoices/2.1 (export)" }],
    ]);
  });

  it("onVerdict hears of each verdict that is acted on, and of no request without a credential", async () => {
    const heard: unknown[] = [];
    const onVerdict = (verdict: Verdict, request: string) => void heard.push([verdict.ok || verdict.code, request]);
    const { token } = await real.create({ owner: "user_1", name: "test", scopes: ["a:b"] });
    const request = presented(token);
    await authenticate(real, { onVerdict })("first", request);
    await authenticate(real, { onVerdict, scopes: ["a:c"] })("second", request);
    await authenticate(real, { onVerdict })("third", presented("x"));
    await authenticate(real, { onVerdict })("fourth", { ...request, rawHeaders: [] });
    expect(heard).toEqual([
      [true, "first"],
      ["insufficient_scope", "second"],
      ["malformed", "third"],
    ]);
  });
});

describe("authenticate, at once", () => {
  const cached = createKeyring({
    store: memoryStore(),
    prefix: "acme_live",
    cache: { maxStaleMs: 60_000, maxEntries: 10 },
  });
  const issue = async (): Promise<RequestView> => {
    const { token } = await cached.create({ owner: "user_1", name: "test", scopes: ["a:b"] });
    // The first time its owner's standing has to be read, too.
    await cached.verify(token);
    await cached.verify(token);
    return presented(token);
  };

  it("answers a key in the cache without waiting, admitted or not, and as the form that waits", async () => {
    const request = await issue();
    for (const scopes of [["a:b"], ["a:c"]] as const) {
      const decide = authenticate(cached, { scopes });
      const outcome = decide.atOnce(undefined, { ...request, raw: {} });
      expect(outcome).not.toBeInstanceOf(Promise);
      expect(outcome).toEqual(await decide(undefined, { ...request, raw: {} }));
    }
    expect(authenticate(cached).atOnce(undefined, { ...request, rawHeaders: [] })).toMatchObject({ status: 401 });
  });

  it("waits where somebody is to be asked first: a hook, onVerdict, or who stands in the place of verify", async () => {
    const request = await issue();
    const { verify } = cached;
    const waiting = [
      authenticate<string, unknown>(cached, { cost: () => 1 }),
      authenticate<string, unknown>(cached, { onVerdict: () => {} }),
      authenticate<string, unknown>({ ...cached, verify: async (...given) => verify(...given) }),
    ];
    for (const { atOnce } of waiting) {
      const outcome = atOnce(undefined, { ...request, raw: {} });
      expect(outcome).toBeInstanceOf(Promise);
      expect(await outcome).toMatchObject({ admitted: true });
    }
  });

  it("promise 4: what the store fails at while nobody waits is 503 too; what else is thrown is thrown", () => {
    const thrown = (error: Error) =>
      authenticate(
        keyringThat(() => {
          throw error;
        }),
      ).atOnce(undefined, presented("x"));
    expect(thrown(new ClavigerError("store_unavailable", "down"))).toMatchObject({ status: 503 });
    expect(() => thrown(new RangeError("a mistake"))).toThrow(RangeError);
  });
});

describe("one request, looked at again", () => {
  const credits = (limit: number) => [{ name: "ever", kind: "credits", limit }] as const;
  const remaining = ({ headers }: Outcome) => headers.RateLimit;

  it("is charged once by a keyring; another token, and another request, is verified anew", async () => {
    const issue = async (limit: number) =>
      (await real.create({ owner: "user_1", name: "test", limits: credits(limit) })).token;
    const one = presented(await issue(9));
    const other = { ...presented(await issue(100)), raw: one.raw };
    const decide = authenticate(real);
    expect(remaining(await decide(undefined, one))).toBe('"ever";r=8');
    expect(remaining(await decide(undefined, one))).toBe('"ever";r=8');
    expect(remaining(await decide(undefined, other))).toBe('"ever";r=99');
    expect(remaining(await decide(undefined, { ...one, raw: {} }))).toBe('"ever";r=7');
  });

  it("by another keyring is verified anew, whatever the first one found out", async () => {
    const { token } = await real.create({ owner: "user_1", name: "test" });
    const request = presented(token);
    const stranger = createKeyring({ store: memoryStore(), prefix: "acme_live" });
    expect((await authenticate(real)(undefined, request)).admitted).toBe(true);
    expect(await authenticate(stranger)(undefined, request)).toMatchObject({ admitted: false, status: 401 });
  });

  it("is not let off what is asked for in addition; its address was judged the first time", async () => {
    const restrictions = { ip: { allow: ["192.0.2.0/24"] }, resources: { account: { allow: ["A"] } } };
    const { token } = await real.create({ owner: "user_1", name: "test", scopes: ["a:b"], restrictions });
    const request = presented(token);
    const statusOf = async (options: ApiKeyAuthOptions<string, undefined>) => {
      const outcome = await authenticate(real, options)(undefined, request);
      return outcome.admitted ? 200 : outcome.status;
    };
    expect(await statusOf({ resources: { account: "B" } })).toBe(403);
    expect(await statusOf({ resources: "later" })).toBe(200);
    expect(await statusOf({ resources: { account: "A" }, clientAddress: () => "203.0.113.1" })).toBe(200);
    expect(await statusOf({ resources: { account: "B" } })).toBe(403);
    expect(await statusOf({ resources: { customer: "A" } })).toBe(403);
    expect(await statusOf({ scopes: ["a:b"] })).toBe(200);
    expect(await statusOf({ scopes: ["a:b", "a:c"] })).toBe(403);
    expect(await statusOf({})).toBe(200);
  });
});

describe("a Fetch request", () => {
  it("is known by itself, or by what it is said to be", async () => {
    const { token } = await real.create({ owner: "user_1", name: "test" });
    const request = new Request("https://api.test/", { headers: { "X-API-Key": token } });
    expect(fetchView(request).raw).toBe(request);
    const outcome = await authenticate(real)(undefined, fetchView(request));
    expect(outcome).toMatchObject({ admitted: true, headers: { "Cache-Control": "private" } });
    expect(fetchView(new Request(request), request).raw).toBe(request);
  });
});
