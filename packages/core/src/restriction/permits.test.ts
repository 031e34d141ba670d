import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { ipv4, ipv6 } from "../../test/restriction/addresses.js";
import { createIpRule } from "./ip-rule.js";
import { permits, resourcesPermitted } from "./permits.js";
import type { AllowDeny, Restrictions } from "./restrictions.js";

const NAMES = ["DE89", "DE90", "constructor"] as const;
const KINDS = ["account", "project", "tostring"] as const;
const RANGES = ["10.0.0.0/8", "10.1.0.0/16", "0.0.0.0/0", "2001:db8::/32", "::/0"] as const;

function rules(entry: fc.Arbitrary<string>): fc.Arbitrary<AllowDeny> {
  const list = fc.uniqueArray(entry);
  return fc.oneof(fc.record({ allow: list, deny: list }), fc.record({ allow: list }), fc.record({ deny: list }));
}

const named = fc.dictionary(fc.constantFrom(...KINDS), fc.constantFrom(...NAMES, "other"), { noNullPrototype: true });
const onResources = fc.record({
  resources: fc.dictionary(fc.constantFrom(...KINDS), rules(fc.constantFrom(...NAMES)), { noNullPrototype: true }),
});
const onIp = fc.record({ ip: rules(fc.constantFrom(...RANGES)) });

const restricted: Restrictions = { ip: { allow: ["10.0.0.0/8"] }, resources: { account: { allow: ["DE89"] } } };

/** As callers without types may ask. */
const ask = (...given: readonly unknown[]): unknown => Reflect.apply(permits, undefined, given);

describe("permits", () => {
  it("by resource: deny wins, and a restricted kind that the request does not name denies", () => {
    fc.assert(
      fc.property(onResources, named, (restrictions, resources) => {
        const expected = Object.entries(restrictions.resources).every(([kind, { allow, deny = [] }]) => {
          const name = resources[kind];
          return (
            Object.hasOwn(resources, kind) &&
            name !== undefined &&
            !deny.includes(name) &&
            (allow?.includes(name) ?? true)
          );
        });
        expect(permits({ restrictions }, { resources })).toBe(expected);
        expect(resourcesPermitted(restrictions, resources)).toBe(expected);
      }),
    );
  });

  it("by address: deny wins, and a request without an address is denied", () => {
    fc.assert(
      fc.property(
        onIp,
        fc.oneof(
          ipv4,
          ipv6,
          ipv4.map((text) => `::ffff:${text}`),
        ),
        (restrictions, ip) => {
          const { allow, deny = [] } = restrictions.ip;
          const alone = (range: string): boolean => createIpRule({ ip: { allow: [range] } })(ip);
          const expected = !deny.some(alone) && (allow?.some(alone) ?? true);
          expect(permits({ restrictions }, { ip })).toBe(expected);
          expect(createIpRule(restrictions)(ip)).toBe(expected);
          expect(permits({ restrictions }, {})).toBe(false);
        },
      ),
    );
  });

  it.each([
    ["10.1.2.3", true],
    ["::ffff:10.1.2.3", true],
    ["::FFFF:0a01:0203", true],
    ["11.0.0.0", false],
    ["::10.1.2.3", false],
    ["010.1.2.3", false],
    ["10.1.2.3, 10.1.2.4", false],
    ["10.1.2.3:443", false],
  ])("an address within 10.0.0.0/8: %s %s", (ip, permitted) => {
    expect(createIpRule({ ip: { allow: ["10.0.0.0/8"] } })(ip)).toBe(permitted);
  });

  it("denies an IPv4-mapped client where the IPv4 address is denied", () => {
    expect(createIpRule({ ip: { deny: ["192.0.2.0/24"] } })("::ffff:192.0.2.7")).toBe(false);
    expect(createIpRule({ ip: { deny: ["192.0.2.0/24"] } })("::ffff:192.0.3.7")).toBe(true);
  });

  it("admits nothing by an empty allow, and everything that is named by an empty deny", () => {
    expect(permits({ restrictions: { ip: { allow: [] } } }, { ip: "10.0.0.1" })).toBe(false);
    expect(permits({ restrictions: { ip: { deny: [] } } }, { ip: "10.0.0.1" })).toBe(true);
    expect(
      permits({ restrictions: { resources: { account: { allow: [] } } } }, { resources: { account: "DE89" } }),
    ).toBe(false);
  });

  it("resources alone are the second half of a verify, which has judged the address", () => {
    expect(permits({ restrictions: restricted }, { resources: { account: "DE89" } })).toBe(true);
    expect(permits({ restrictions: restricted }, { resources: { account: "DE90" } })).toBe(false);
    expect(permits({ restrictions: restricted }, { resources: {} })).toBe(false);
    expect(permits({ restrictions: restricted }, {})).toBe(false);
    expect(ask({ restrictions: restricted }, { ip: undefined, resources: { account: "DE89" } })).toBe(false);
  });

  it("asks about everything that is restricted, and about nothing else", () => {
    expect(permits({ restrictions: restricted }, { ip: "10.0.0.1", resources: { account: "DE89" } })).toBe(true);
    expect(
      permits({ restrictions: restricted }, { ip: "10.0.0.1", resources: { account: "DE89", project: "x" } }),
    ).toBe(true);
    expect(permits({ restrictions: restricted }, { ip: "10.0.0.1" })).toBe(false);
    expect(permits({ restrictions: {} }, {})).toBe(true);
  });

  it("waits for later only where verify is told so", () => {
    expect(resourcesPermitted(restricted, "later")).toBe(true);
    expect(resourcesPermitted(restricted, undefined)).toBe(false);
    expect(ask({ restrictions: restricted }, { ip: "10.0.0.1", resources: "later" })).toBe(false);
  });

  it("never takes what a request inherits for what it names", () => {
    const inherits: Restrictions = { resources: { tostring: { deny: [] } } };
    expect(permits({ restrictions: inherits }, { resources: Object.create({ tostring: "x" }) })).toBe(false);
    const polluted: Restrictions = { resources: { constructor: { deny: [] } } };
    expect(permits({ restrictions: polluted }, { resources: {} })).toBe(false);
  });

  it.each(Object.entries(HOSTILE))("denies, and never throws, given %s", (_, value) => {
    const request = { ip: "10.0.0.1", resources: { account: "DE89" } };
    expect(ask({ restrictions: restricted }, request)).toBe(true);
    for (const given of [
      [value(), request],
      [{ restrictions: restricted }, value()],
      [{ restrictions: restricted }, { ...request, ip: value() }],
      [{ restrictions: restricted }, { ...request, resources: value() }],
      [{ restrictions: restricted }, { ...request, resources: { account: value() } }],
      [{ restrictions: { ip: value() } }, request],
      [{ restrictions: { ip: { allow: [value()] } } }, request],
      [{ restrictions: { ip: { deny: [value()] } } }, request],
      [{ restrictions: { resources: { account: value() } } }, request],
    ]) {
      expect(ask(...given)).toBe(false);
    }
  });

  it("denies where what is stored cannot be read", () => {
    const stored: readonly unknown[] = [
      null,
      undefined,
      "none",
      5,
      [],
      { ip: null },
      { ip: {} },
      { ip: "10.0.0.0/8" },
      { ip: { allow: "10.0.0.0/8" } },
      { ip: { deny: ["not a range"] } },
      { ip: { deny: [null] } },
      { ip: { allow: null, deny: [] } },
      { ip: { allow: null, deny: ["192.0.2.0/24"] } },
      { ip: { allow: ["0.0.0.0/0"], deny: null } },
      { resources: null },
      { resources: "account" },
      { resources: 5 },
      { resources: [] },
      { resources: { account: {} } },
      { resources: { account: null } },
    ];
    const request = { ip: "10.0.0.1", resources: { account: "DE89" } };
    for (const restrictions of stored)
      expect([restrictions, ask({ restrictions }, request)]).toEqual([restrictions, false]);
  });
});
