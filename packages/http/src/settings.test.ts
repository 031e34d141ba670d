import { memoryStore } from "@claviger/memory";
import { createKeyring, defineScopes } from "claviger";
import { describe, expect, it } from "vitest";
import { authenticate } from "./authenticate.js";

const keyring = createKeyring({
  store: memoryStore(),
  prefix: "acme_live",
  scopes: defineScopes({ invoices: ["read"] }),
});
/** As a programmer without types would call it. */
function construct(options: object): () => unknown {
  return () => Reflect.apply(authenticate, undefined, [keyring, options]);
}

const REFUSED: readonly [named: string, options: object][] = [
  ["realm", { realm: 'a"b' }],
  ["realm", { realm: "a\r\nX-Injected: 1" }],
  ["realm", { realm: "" }],
  ["realm", { realm: 7 }],
  ["headers", { headers: "x-api-key" }],
  ["headers", { headers: ["x api key"] }],
  ["headers", { headers: [""] }],
  ["headers", { headers: ["x-key", "X-Key"] }],
  ["headers", { headers: ["Authorization"] }],
  ["headers", { headers: [undefined] }],
  ["scopes", { scopes: "invoices:read" }],
  ["scopes", { scopes: ["invoices:*"] }],
  ["scopes", { scopes: ["invoices:send"] }],
  ["scopes", { scopes: ['a"b'] }],
  ["scopes", { scopes: ["a\nb"] }],
  ["scopes", { scopes: null }],
  ["cost", { cost: 0 }],
  ["cost", { cost: Number.NaN }],
  ["cost", { cost: "1" }],
  ["resources", { resources: ["account"] }],
  ["resources", { resources: { account: 1 } }],
  ["trustedHops", { trustedHops: -1 }],
  ["trustedHops", { trustedHops: 1.5 }],
  ["trustedHops", { trustedHops: true }],
  ["clientAddress", { clientAddress: "10.0.0.1" }],
  ["trustedHops and clientAddress", { trustedHops: 0, clientAddress: () => "10.0.0.1" }],
  ["failedAttempts must be", { failedAttempts: true }],
  ["failedAttempts must be", { failedAttempts: null }],
  ["failedAttempts must be", { failedAttempts: 300 }],
  ["failedAttempts.limit", { failedAttempts: {} }],
  ["failedAttempts.limit", { failedAttempts: { limit: 0, per: "1m" } }],
  ["failedAttempts.limit", { failedAttempts: { limit: 1.5, per: "1m" } }],
  ["failedAttempts.limit", { failedAttempts: { limit: "300", per: "1m" } }],
  ["failedAttempts.limit", { failedAttempts: { limit: 1_000_001, per: "1m" } }],
  ["failedAttempts.per", { failedAttempts: { limit: 300 } }],
  ["failedAttempts.per", { failedAttempts: { limit: 300, per: "1 m" } }],
  ["failedAttempts.per", { failedAttempts: { limit: 300, per: 0 } }],
  ["failedAttempts.per", { failedAttempts: { limit: 300, per: 86_400_001 } }],
  ['"window"', { failedAttempts: { limit: 300, per: "1m", window: 7 } }],
  ["onVerdict", { onVerdict: {} }],
  ['"scope"', { scope: ["invoices:read"] }],
  ['"__proto__"', JSON.parse('{"__proto__":1}')],
];

describe("options are read once, at construction", () => {
  it.each(REFUSED)("%s is named, with what is allowed and what was given: %j", (named, options) => {
    expect(construct(options)).toThrow(TypeError);
    expect(construct(options)).toThrow(named);
    expect(construct(options)).toThrow(/; got /);
  });

  it.each([[undefined], [null], [{}], ["keyring"]])("a keyring that is none is refused: %j", (given) => {
    expect(() => Reflect.apply(authenticate, undefined, [given])).toThrow(
      /^keyring must be what createKeyring returned; got /,
    );
  });

  it.each([[null], ["realm"]])("options that are none are refused: %j", (given) => {
    expect(() => Reflect.apply(authenticate, undefined, [keyring, given])).toThrow(/^options must be an object; got /);
  });

  it("promise 5: a token given by mistake, whole or cut off, is not in the message", async () => {
    const { key, token } = await keyring.create({ owner: "user_1", name: "test" });
    const secretAt = token.indexOf(key.id) + key.id.length + 1;
    for (const given of [token, token.slice(0, secretAt + 10)]) {
      for (const options of [{ realm: `"${given}` }, { scopes: [given] }, { cost: given }, { [given]: 1 }]) {
        expect(construct(options)).toThrow(TypeError);
        expect(construct(options)).not.toThrow(token.slice(secretAt, secretAt + 8));
      }
    }
  });

  it("every option may be left undefined", () => {
    expect(
      construct({
        realm: undefined,
        headers: undefined,
        scopes: undefined,
        trustedHops: undefined,
        clientAddress: undefined,
      }),
    ).not.toThrow();
  });

  it("changing what was given changes nothing later", async () => {
    const scopes: "invoices:read"[] = [];
    const decide = authenticate(keyring, { scopes });
    scopes.push("invoices:read");
    const { token } = await keyring.create({ owner: "user_1", name: "test" });
    const outcome = await decide(undefined, { raw: {}, rawHeaders: ["x-api-key", token], peer: undefined });
    expect(outcome.admitted).toBe(true);
  });
});
