import fc from "fast-check";
import { expect, it } from "vitest";
import { isTenantEnabled } from "./tenant-enabled.js";
import type { OwnSettings, TenantSettings } from "./tenant-settings.js";

const own = (settings: object): TenantSettings => ({
  tenant: "t_1",
  version: 1,
  updatedAt: 1,
  settings: settings as OwnSettings,
});

it("QL-3 a tenant who has chosen nothing is on, or off where the policy requires that he be switched on", () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.constantFrom(undefined, own({}), own({ maxKeysPerOwner: 3 })),
      (requireEnabled, chosen) => {
        expect(isTenantEnabled(chosen, { requireEnabled })).toBe(!requireEnabled);
      },
    ),
  );
});

it("QL-4 what he has chosen counts, whatever the policy", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), (enabled, requireEnabled) => {
      expect(isTenantEnabled(own({ enabled }), { requireEnabled })).toBe(enabled);
    }),
  );
});

it.each([null, 0, 1, "true", "on", [], {}])("a stored %j is neither true nor false: off", (enabled) => {
  for (const requireEnabled of [true, false]) expect(isTenantEnabled(own({ enabled }), { requireEnabled })).toBe(false);
});
