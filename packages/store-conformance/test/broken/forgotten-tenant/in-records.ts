import type { BrokenStore } from "../broken-store.js";
import { forgetsTenantIn } from "./forgets-tenant.js";

export const forgottenTenantInRecords: readonly BrokenStore[] = [
  forgetsTenantIn(
    "append",
    (inner, { firstOf }) => ({
      append: (events) =>
        inner.append(events.map((event) => ({ ...event, tenant: firstOf(event.keyId ?? "") ?? event.tenant }))),
    }),
    ["tenant isolation, append: what is noticed under one tenant is in no other's log, about the same key id either"],
  ),
  forgetsTenantIn(
    "events",
    (inner, { all }) => ({
      events: async (query) => {
        const pages = await Promise.all([...all].map((tenant) => inner.events({ ...query, tenant })));
        return { items: pages.flatMap(({ items }) => items).slice(0, query.limit) };
      },
    }),
    ["tenant isolation, events: a tenant sees its own log and no other's, whatever the filter"],
  ),
  forgetsTenantIn(
    "settings.get",
    (inner, { firstOf }) => ({
      settings: {
        ...inner.settings,
        get: (tenants) => inner.settings.get(tenants.map((tenant) => firstOf("settings") ?? tenant)),
      },
    }),
    ["tenant isolation, settings.get: no tenant has another's settings"],
  ),
  forgetsTenantIn(
    "settings.replace",
    (inner, { firstOf }) => ({
      settings: {
        ...inner.settings,
        replace: (next, expectedVersion, event) =>
          inner.settings.replace({ ...next, tenant: firstOf("settings") ?? next.tenant }, expectedVersion, event),
      },
    }),
    ["tenant isolation, settings.replace: each tenant has versions of its own, and changes nothing of another's"],
  ),
  forgetsTenantIn(
    "owners.read",
    (inner, { firstOf }) => ({
      owners: {
        ...inner.owners,
        read: (owners) =>
          inner.owners.read(owners.map(({ tenant, owner }) => ({ tenant: firstOf(owner) ?? tenant, owner }))),
      },
    }),
    ["tenant isolation, owners.read: an owner who is suspended in one tenant is not in another"],
  ),
  forgetsTenantIn(
    "owners.suspend",
    (inner, { firstOf }) => ({
      owners: {
        ...inner.owners,
        suspend: (event) => inner.owners.suspend({ ...event, tenant: firstOf(event.owner) ?? event.tenant }),
      },
    }),
    ["tenant isolation, owners.suspend: owners of one name in two tenants are suspended each by himself"],
  ),
  forgetsTenantIn(
    "owners.resume",
    (inner, { all }) => ({
      owners: {
        ...inner.owners,
        resume: async (event) => {
          const result = await inner.owners.resume(event);
          for (const tenant of all) await inner.owners.resume({ ...event, id: `${event.id} in ${tenant}`, tenant });
          return result;
        },
      },
    }),
    ["tenant isolation, owners.resume: who is resumed in one tenant stays suspended in another"],
  ),
];
