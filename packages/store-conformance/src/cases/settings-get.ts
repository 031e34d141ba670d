import assert from "node:assert/strict";
import { sampleSettings, settingsEvent } from "../event-samples.js";
import { HOSTILE_TEXTS } from "../hostile-texts.js";
import { freshTenant } from "../samples.js";
import type { Suite } from "../suite.js";

export function settingsGet({ it, createStore }: Suite): void {
  it("settings.get answers every tenant in the order asked, repetitions too, with undefined where it has none of its own", async () => {
    const store = await createStore();
    const [a, b] = [sampleSettings({ settings: { enabled: false } }), sampleSettings()];
    for (const settings of [a, b]) await store.settings.replace(settings, 0, settingsEvent(settings));
    const found = await store.settings.get([b.tenant, freshTenant(), a.tenant, b.tenant, ...HOSTILE_TEXTS]);
    assert.deepEqual(found, [b, undefined, a, b, ...HOSTILE_TEXTS.map(() => undefined)]);
    assert.deepEqual(await store.settings.get([]), []);
  });
}
