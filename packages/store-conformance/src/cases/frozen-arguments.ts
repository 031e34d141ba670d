import assert from "node:assert/strict";
import { deepFreeze, MAX_TIME_MS } from "@claviger/core";
import { credits, requestOf } from "../charge-sample.js";
import { observation, resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { AMPLE, changed, changeOf, NOW_MS, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { usageOf } from "../usage-sample.js";

const DATA = { list: [{ deep: 1 }] };

export function frozenArguments({ it, createStore }: Suite): void {
  it("no method changes what it is given: every argument may be frozen", async () => {
    const store = await createStore();
    const key = deepFreeze(sampleKey({ metadata: DATA }));
    const next = deepFreeze(changed(key));
    const { tenant, owner, id } = key;
    const settings = deepFreeze(sampleSettings({ tenant }));
    const page = { order: "newest", limit: 5 } as const;
    await store.insert(key, deepFreeze({ ...AMPLE }), deepFreeze(changeOf(key, "key.created")));
    await store.replace(next, 1, deepFreeze(changeOf(next, "key.updated")));
    const [asFound] = await store.find(deepFreeze([id]), tenant);
    await store.list(deepFreeze({ tenant, owner, grants: ["b", "a"], nowMs: NOW_MS, ...page }));
    await store.consume(deepFreeze([requestOf([credits(2, 1, "b"), credits(1, 1, "a")])]), NOW_MS);
    store.consume.atOnce?.(deepFreeze(requestOf([credits(2, 1, "b"), credits(1, 1, "a")])), NOW_MS);
    if (asFound !== undefined && asFound.state !== "destroyed")
      await store.consume.ifUnchanged?.(
        deepFreeze([{ tenant, keyId: id, charges: [credits(2)], units: 1, asFound }]),
        NOW_MS,
      );
    await store.recordUsage(deepFreeze([usageOf(key), usageOf(key)]));
    await store.usage(deepFreeze({ tenant, keyIds: [id], fromAt: 0, beforeAt: MAX_TIME_MS }));
    await store.append(deepFreeze([observation({ tenant, keyId: id })]));
    await store.events(deepFreeze({ tenant, types: ["b", "a"], ...page }));
    await store.eraseEvents(deepFreeze([{ tenant, keyId: id, id: "none", at: NOW_MS }]), NOW_MS);
    await store.chains(deepFreeze({ tenant, limit: 5 }));
    await store.purgeEvents(deepFreeze({ tenant, beforeAt: NOW_MS, limit: 5 }));
    await store.settings.replace(settings, 0, deepFreeze(settingsEvent(settings)));
    await store.settings.get(deepFreeze([tenant]));
    await store.owners.suspend(deepFreeze(suspension(key)));
    await store.owners.resume(deepFreeze(resumption(key)));
    assert.deepEqual(await store.owners.read(deepFreeze([{ tenant, owner }])), [{ suspendedAt: null }]);
  });
}
