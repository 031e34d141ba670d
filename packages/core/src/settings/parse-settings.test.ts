import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../test/a-key.js";
import { HOSTILE } from "../../test/hostile.js";
import { MAX_DURATION_MS } from "../bounds.js";
import { anyScopes } from "../scope/any-scopes.js";
import { defineScopes } from "../scope/define-scopes.js";
import { settingsOption } from "./parse-settings.js";
import type { Settings } from "./settings.js";

const parse = (value: unknown): Settings => settingsOption("settings", value, anyScopes);

describe("settingsOption", () => {
  it("has the defaults that ship: 100 keys, 90 days, at most 365, any scope", () => {
    const shipped = {
      maxKeysPerOwner: 100,
      maxLifetimeMs: 365 * DAY_MS,
      defaultLifetimeMs: 90 * DAY_MS,
      allowedScopes: null,
      requireEnabled: false,
      ownerLimits: [],
      tenantLimits: [],
    };
    expect(parse(undefined)).toEqual(shipped);
    expect(parse({})).toEqual(shipped);
  });

  it("merges partial settings with the defaults", () => {
    expect(parse({ maxKeysPerOwner: 5 })).toEqual({ ...parse({}), maxKeysPerOwner: 5 });
    expect(parse({ allowedScopes: [] })).toEqual({ ...parse({}), allowedScopes: [] });
  });

  it("never lets the default lifetime pass the longest", () => {
    const lifetime = fc.option(fc.option(fc.integer({ min: 1, max: MAX_DURATION_MS })), { nil: undefined });
    fc.assert(
      fc.property(lifetime, lifetime, (maxLifetime, defaultLifetime) => {
        try {
          const { maxLifetimeMs, defaultLifetimeMs } = parse({ maxLifetime, defaultLifetime });
          expect(defaultLifetimeMs ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(
            maxLifetimeMs ?? Number.POSITIVE_INFINITY,
          );
          if (defaultLifetime !== undefined) expect(defaultLifetimeMs).toBe(defaultLifetime);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          expect(String(error)).toContain("settings.defaultLifetime must be at most maxLifetime");
          expect(defaultLifetime).not.toBeUndefined();
        }
      }),
    );
  });

  it("QL-24 a default that nobody chose gives way to a shorter maximum", () => {
    expect(parse({ maxLifetime: "7d" }).defaultLifetimeMs).toBe(7 * DAY_MS);
    expect(parse({ maxLifetime: null }).defaultLifetimeMs).toBe(90 * DAY_MS);
    expect(parse({ maxLifetime: null, defaultLifetime: null }).defaultLifetimeMs).toBeNull();
  });

  it("QL-39 takes 0 to 10,000 keys an owner", () => {
    expect(parse({ maxKeysPerOwner: 0 }).maxKeysPerOwner).toBe(0);
    expect(parse({ maxKeysPerOwner: 10_000 }).maxKeysPerOwner).toBe(10_000);
    for (const maxKeysPerOwner of [-1, 10_001, 1.5, Number.NaN, "5", null]) {
      expect(() => parse({ maxKeysPerOwner })).toThrow(
        /^settings\.maxKeysPerOwner must be a whole number from 0 to 10000; got /,
      );
    }
  });

  it("QL-3 leaves tenants on unless it is required that they be switched on", () => {
    expect(parse({ requireEnabled: true }).requireEnabled).toBe(true);
    expect(parse({ requireEnabled: false }).requireEnabled).toBe(false);
    for (const requireEnabled of [null, 0, 1, "true", []]) {
      expect(() => parse({ requireEnabled })).toThrow(/^settings\.requireEnabled must be true or false; got /);
    }
  });

  it("refuses an unknown setting by name", () => {
    expect(() => parse({ maxKeysPerOwners: 5 })).toThrow(
      /^settings has no field "maxKeysPerOwners"; allowed: maxKeysPerOwner/,
    );
  });

  it("refuses allowed scopes that the catalogue does not know", () => {
    const catalogue = defineScopes({ invoices: ["read"] });
    expect(settingsOption("settings", { allowedScopes: ["invoices:*"] }, catalogue).allowedScopes).toEqual([
      "invoices:*",
    ]);
    expect(() => settingsOption("settings", { allowedScopes: ["payments:*"] }, catalogue)).toThrow(
      /^settings\.allowedScopes must name scopes of the catalogue, or wildcards over it; got "payments:\*"/,
    );
  });

  const empty = ["an empty object", "a null prototype"];
  it.each(Object.entries(HOSTILE).filter(([name]) => !empty.includes(name)))(
    "refuses %s as a TypeError that names it",
    (_, make) => {
      expect(() => parse(make())).toThrow(TypeError);
      expect(() => parse(make())).toThrow(/settings|name/);
    },
  );
});
