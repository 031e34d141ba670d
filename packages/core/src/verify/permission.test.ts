import fc from "fast-check";
import { expect, it } from "vitest";
import { aKey, NOW } from "../../test/a-key.js";
import type { UsedKeyRecord } from "../key/key-record.js";
import { createIpRule } from "../restriction/ip-rule.js";
import { resourcesPermitted } from "../restriction/permits.js";
import { anyScopes } from "../scope/any-scopes.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import { defineScopes } from "../scope/define-scopes.js";
import { decide } from "./decide.js";
import type { CheckedRequest } from "./read-verify-request.js";
import { limitsOf, ReadyKey, viewOf } from "./ready-key.js";
import { recogniseBy } from "./recognise.js";
import type { DenialCode } from "./verdict.js";

const OPEN = { tenantEnabled: true, ownerSuspended: false, ownerLimits: [], tenantLimits: [] };
const catalogues = [
  anyScopes,
  defineScopes({ a: ["b"] }),
  defineScopes({ a: ["b", "c"] }, { implies: { "a:c": ["a:b"] } }),
];

const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const mostly = <T>(...values: readonly T[]): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: some(...values) });
const record = fc
  .record({
    scopes: some<string[]>(["a:b"], ["a:b"], [], ["a:c"], ["a:*"]),
    restrictions: some<object>(
      {},
      { ip: { allow: ["10.0.0.0/8"] } },
      { ip: { deny: ["10.0.0.1"] } },
      { resources: { account: { allow: ["x"] } } },
    ),
  })
  .map((differing) => aKey(differing));
/** Mostly such as are remembered, and the same ones again: else what was remembered would hardly ever be asked. */
const request: fc.Arbitrary<CheckedRequest> = fc.record({
  scopes: some<string[]>(["a:b"], ["a:b"], ["a:b"], [], ["a:c"], ["a:b", "a:c"], ["no:scope"]),
  ip: some(undefined, "10.0.0.2", "10.0.0.2", "10.0.0.1", "192.0.2.1", "no address"),
  resources: mostly<CheckedRequest["resources"]>("later", { account: "x" }, { account: "y" }),
  cost: fc.constant(1),
  tenant: mostly("t_1", "t_2"),
  client: fc.constant(undefined),
});

/** What follows from the record alone. */
function expectedCode(
  { tenant, restrictions, scopes }: UsedKeyRecord,
  request: CheckedRequest,
  catalogue: ScopeCatalogue<string>,
): DenialCode | undefined {
  const isItsTenant = request.tenant === undefined || request.tenant === tenant;
  const isPermitted = createIpRule(restrictions)(request.ip) && resourcesPermitted(restrictions, request.resources);
  if (!isItsTenant || !isPermitted) return "restricted";
  return catalogue.missing(scopes, request.scopes).length > 0 ? "insufficient_scope" : undefined;
}

it("what a key permitted before makes no difference to what it permits", () => {
  const asked = fc.array(fc.tuple(request, some(anyScopes, anyScopes, ...catalogues)), {
    minLength: 10,
    maxLength: 30,
  });
  // As of a key that was admitted before, or that is to be recognised.
  const known = some<(ready: ReadyKey) => void>(
    (ready) => void viewOf(ready, NOW),
    (ready) => recogniseBy(ready, "a token"),
  );
  fc.assert(
    fc.property(record, known, asked, (key, prepare, requests) => {
      const ready = new ReadyKey(key);
      prepare(ready);
      for (const [each, catalogue] of requests)
        expect(decide(ready, OPEN, catalogue, each, NOW)?.code).toBe(expectedCode(key, each, catalogue));
    }),
  );
});

it("what a key permits is remembered as soon as it is to be recognised, or comes again; not of one that may never", () => {
  const asked: CheckedRequest = {
    scopes: ["a:b"],
    ip: "10.0.0.1",
    resources: undefined,
    cost: 1,
    tenant: undefined,
    client: undefined,
  };
  const key = aKey({ scopes: ["a:b"], limits: [{ name: "total", kind: "credits", limit: 5 }] });
  const afterFirst = (prepare: (ready: ReadyKey) => void): ReadyKey => {
    const ready = new ReadyKey(key);
    prepare(ready);
    expect(decide(ready, OPEN, anyScopes, asked, NOW)).toBeUndefined();
    expect(limitsOf(ready)).toEqual(key.limits);
    return ready;
  };

  const kept = afterFirst((ready) => recogniseBy(ready, "a token"));
  const again = afterFirst((ready) => viewOf(ready, NOW));
  const passing = afterFirst(() => {});

  expect([kept, again, passing].map(({ permittedScope }) => permittedScope)).toEqual(["a:b", "a:b", undefined]);
  expect(limitsOf(kept)).toBe(limitsOf(again));
  expect(limitsOf(passing)).toBe(key.limits);
});
