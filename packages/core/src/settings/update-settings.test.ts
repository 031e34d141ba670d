import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW } from "../../test/a-key.js";
import { HOSTILE } from "../../test/hostile.js";
import { refusalOf } from "../../test/refusal.js";
import type { TenantSettings } from "./tenant-settings.js";
import { parseSettingsOptions, parseSettingsPatch, updateSettings } from "./update-settings.js";

const TENANT = "t_1";

describe("updateSettings", () => {
  // As they come out of a store: JSON, members of later versions among them.
  const stored = fc.record({
    tenant: fc.constant(TENANT),
    version: fc.integer({ min: 1, max: 1_000 }),
    updatedAt: fc.integer({ min: 0, max: NOW }),
    settings: fc
      .tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.option(fc.boolean(), { nil: undefined }))
      .map(([others, enabled]) => JSON.parse(JSON.stringify({ ...others, enabled }))),
  }) as fc.Arbitrary<TenantSettings>;
  const maybe = fc.option(stored, { nil: undefined });

  it("writes what is given, one version on, and leaves every other member as it was", () => {
    fc.assert(
      fc.property(maybe, fc.boolean(), (current, enabled) => {
        fc.pre(current?.settings.enabled !== enabled);
        const step = updateSettings(current, TENANT, { enabled }, undefined, NOW);
        const former = current?.settings.enabled;
        expect(step).toEqual({
          kind: "write",
          next: {
            tenant: TENANT,
            version: (current?.version ?? 0) + 1,
            updatedAt: NOW,
            settings: { ...current?.settings, enabled },
          },
          data: { changed: ["enabled"], from: former === undefined ? {} : { enabled: former }, to: { enabled } },
        });
      }),
    );
  });

  it("does nothing where it is so already, or nothing is given", () => {
    fc.assert(
      fc.property(stored, fc.boolean(), (current, enabled) => {
        const so = { ...current, settings: { ...current.settings, enabled } };
        expect(updateSettings(so, TENANT, { enabled }, undefined, NOW)).toEqual({ kind: "nothing" });
        expect(updateSettings(so, TENANT, {}, undefined, NOW)).toEqual({ kind: "nothing" });
        expect(updateSettings(undefined, TENANT, {}, undefined, NOW)).toEqual({ kind: "nothing" });
      }),
    );
  });

  it("on, chosen where nothing was chosen, is a change: the policy may become another", () => {
    expect(updateSettings(undefined, TENANT, { enabled: true }, 0, NOW)).toMatchObject({ kind: "write" });
  });

  it("is a conflict at any version but ifVersion, where nothing would happen too; 0 is that of none", () => {
    fc.assert(
      fc.property(maybe, fc.option(fc.boolean(), { nil: undefined }), fc.nat(1_001), (current, enabled, ifVersion) => {
        const version = current?.version ?? 0;
        const act = () => updateSettings(current, TENANT, enabled === undefined ? {} : { enabled }, ifVersion, NOW);
        if (ifVersion === version) return void act();
        expect(refusalOf(act)).toMatchObject({ code: "conflict", expectedVersion: ifVersion, version });
      }),
    );
  });
});

describe("what is given", () => {
  it("is enabled, or nothing", () => {
    expect(parseSettingsPatch({ enabled: false })).toEqual({ enabled: false });
    expect(parseSettingsPatch({})).toEqual({});
    expect(parseSettingsPatch({ enabled: undefined })).toEqual({});
  });

  it.each([null, 0, "false", "off", {}, []])("refuses enabled: %j", (enabled) => {
    expect(refusalOf(() => parseSettingsPatch({ enabled }))).toMatchObject({
      code: "invalid_input",
      field: "enabled",
      message: expect.stringMatching(/^enabled must be true or false; got /),
    });
  });

  it("refuses an unknown setting by name", () => {
    expect(refusalOf(() => parseSettingsPatch({ enable: false }))).toMatchObject({
      field: "enable",
      message: 'input has no field "enable"; allowed: enabled, ownerLimits, tenantLimits',
    });
  });

  const empty = ["an empty object", "a null prototype"];
  it.each(Object.entries(HOSTILE).filter(([name]) => !empty.includes(name)))(
    "refuses %s as invalid_input",
    (_, make) => {
      expect(refusalOf(() => parseSettingsPatch(make())).code).toBe("invalid_input");
    },
  );

  it("takes ifVersion from 0, a reason and an address", () => {
    expect(parseSettingsOptions()).toEqual({ ifVersion: undefined, reason: undefined, address: undefined });
    const terms = { ifVersion: 0, reason: "A trial", address: "10.0.0.1" };
    expect(parseSettingsOptions(terms)).toEqual(terms);
    for (const ifVersion of [-1, 0.5, "0", null, Number.NaN])
      expect(refusalOf(() => parseSettingsOptions({ ifVersion })).field).toBe("ifVersion");
  });
});
