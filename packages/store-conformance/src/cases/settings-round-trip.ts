import assert from "node:assert/strict";
import { MAX_SCOPE_LENGTH, MAX_SCOPES, type OwnSettings } from "@claviger/core";
import fc from "fast-check";
import { jsonObject } from "../arbitraries.js";
import { sampleSettings, settingsEvent } from "../event-samples.js";
import type { Suite } from "../suite.js";

const own: fc.Arbitrary<OwnSettings> = fc.record(
  {
    enabled: fc.boolean(),
    maxKeysPerOwner: fc.nat({ max: 10_000 }),
    maxLifetimeMs: fc.option(fc.nat()),
    defaultLifetimeMs: fc.option(fc.nat()),
    allowedScopes: fc.option(fc.array(fc.constantFrom("a:read", "b:*", "**"))),
  },
  { requiredKeys: [], noNullPrototype: true },
);

export function settingsRoundTrip({ it, createStore }: Suite): void {
  it("settings come back deep-equal, members that this version does not know included", async () => {
    const store = await createStore();
    await fc.assert(
      fc.asyncProperty(own, jsonObject, async (known, later) => {
        const next = sampleSettings({ settings: { ...later, ...known } });
        await store.settings.replace(next, 0, settingsEvent(next));
        assert.deepEqual(await store.settings.get([next.tenant]), [next]);
      }),
    );
  });

  it("settings that allow the most scopes, each of the longest, come back whole", async () => {
    const store = await createStore();
    const allowedScopes = Array.from({ length: MAX_SCOPES }, (_, index) => `s${index}:`.padEnd(MAX_SCOPE_LENGTH, "x"));
    const next = sampleSettings({ settings: { allowedScopes } });
    const event = { ...settingsEvent(next), data: { from: allowedScopes, to: allowedScopes } };
    assert.deepEqual(await store.settings.replace(next, 0, event), { outcome: "replaced" });
    assert.deepEqual(await store.settings.get([next.tenant]), [next]);
  });
}
