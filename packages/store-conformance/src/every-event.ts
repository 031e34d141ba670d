import type { AuditEvent, Store } from "@claviger/core";
import { observation, resumption, sampleSettings, settingsEvent, suspension } from "./event-samples.js";
import { AMPLE, changed, changeOf, freshTenant, NOW_MS, sampleKey, tombstoneOf } from "./samples.js";

/** Writes one event of every kind, under two tenants, the times of the commits going back. */
export async function writeEveryEvent(store: Store): Promise<AuditEvent[]> {
  const [tenant, other] = [freshTenant(), freshTenant()];
  const key = sampleKey({ tenant });
  const next = changed(key, { updatedAt: NOW_MS - 5 });
  const tombstone = { ...tombstoneOf(next), updatedAt: NOW_MS - 9 };
  const theirs = sampleKey({ tenant: other });
  const settings = sampleSettings({ tenant, updatedAt: NOW_MS - 3 });
  const owner = { tenant, owner: "anna" };
  const [created, updated, deleted] = [
    changeOf(key, "key.created"),
    { ...changeOf(next, "key.updated"), address: "192.0.2.1", reason: "line\nbreak" },
    changeOf(tombstone, "key.deleted"),
  ];
  const [foreign, seen, set] = [
    changeOf(theirs, "key.created"),
    observation({ tenant, keyId: key.id, at: NOW_MS - 7 }),
    settingsEvent(settings),
  ];
  const [suspended, resumed] = [suspension(owner, NOW_MS - 1), resumption(owner, NOW_MS - 2)];
  await store.insert(key, AMPLE, created);
  await store.append([seen]);
  await store.insert(theirs, AMPLE, foreign);
  await store.replace(next, key.version, updated);
  await store.settings.replace(settings, 0, set);
  await store.owners.suspend(suspended);
  await store.owners.resume(resumed);
  await store.replace(tombstone, next.version, deleted);
  return [created, seen, foreign, updated, set, suspended, resumed, deleted];
}
