import type { BrokenStore } from "../broken-store.js";
import { forgetsTenantIn } from "./forgets-tenant.js";

const TENANT = "one tenant for all";

export const forgottenTenantInKeys: readonly BrokenStore[] = [
  forgetsTenantIn("find", (inner) => ({ find: (ids) => inner.find(ids) }), [
    "tenant isolation, find: with a tenant it sees no key of another; without one it sees every tenant's",
  ]),
  forgetsTenantIn(
    "insert",
    (inner, { firstOf }) => ({
      insert: (key, cap, event) => {
        const isTaken = cap.maxLive === 1 && firstOf(key.owner) !== undefined;
        return inner.insert(key, isTaken ? { ...cap, maxLive: 0 } : cap, event);
      },
    }),
    ["tenant isolation, insert: each owner of each tenant has a cap of his own, and an id is taken for all"],
  ),
  forgetsTenantIn(
    "replace",
    (inner, { firstOf }) => ({
      replace: (next, expectedVersion, event) =>
        inner.replace({ ...next, tenant: firstOf(next.id) ?? next.tenant }, expectedVersion, event),
    }),
    ["tenant isolation, replace: another tenant's key is `missing`, and stays as it is"],
  ),
  forgetsTenantIn(
    "list",
    (inner, { all }) => ({
      list: async (query) => {
        const pages = await Promise.all([...all].map((tenant) => inner.list({ ...query, tenant })));
        return { items: pages.flatMap(({ items }) => items).slice(0, query.limit) };
      },
    }),
    ["tenant isolation, list: a page holds the tenant's keys and no other's, whatever the filter"],
  ),
  forgetsTenantIn(
    "consume",
    (inner) => ({
      consume: (requests, nowMs) =>
        inner.consume(
          requests.map((request) => ({ ...request, tenant: TENANT })),
          nowMs,
        ),
    }),
    [
      "tenant isolation, consume: a key's meters are its tenant's; under another tenant the same id has meters of its own",
    ],
  ),
  forgetsTenantIn(
    "recordUsage",
    (inner, { firstOf }) => ({
      recordUsage: (batch) =>
        inner.recordUsage(batch.map((record) => ({ ...record, tenant: firstOf(record.keyId) ?? record.tenant }))),
    }),
    ["tenant isolation, recordUsage: usage told under another tenant than the key's changes nothing of the key"],
  ),
  forgetsTenantIn(
    "usage",
    (inner, { firstOf }) => ({
      usage: async (query) => {
        const ofEach = query.keyIds.map((keyId) =>
          inner.usage({ ...query, tenant: firstOf(keyId) ?? query.tenant, keyIds: [keyId] }),
        );
        return (await Promise.all(ofEach)).flat();
      },
    }),
    ["tenant isolation, usage: another tenant's key is as good as missing"],
  ),
];
