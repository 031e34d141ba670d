import type { SettingsStore, TenantSettings } from "@claviger/core";
import type { Database } from "../client/database.js";
import { attribute, attributes, type Item, jsonOf, numberOf, textOf } from "../client/item.js";
import { commit } from "../events/carrier.js";
import { underClaim } from "../events/claim.js";
import { NO_EVENT_RIDES, riding } from "../events/riding.js";
import { isAddressable, requireAddressable, settingsAddress } from "../table/addresses.js";

/** The tenant has none yet; or has those that were read, whose event is in the log. As for keys: see keys/clauses.ts. */
const ARE_THE_FIRST = "attribute_not_exists(#pk)";
const ARE_THE_EXPECTED_VERSION = `attribute_exists(#pk) AND #version = :expectedVersion AND ${NO_EVENT_RIDES}`;

export function prepareSettings(database: Database): SettingsStore {
  return {
    async get(tenants) {
      const items = await database.getMany(tenants.filter(isAddressable).map(settingsAddress));
      const found = new Map(items.map((item) => [textOf(item, "tenant"), fromSettingsItem(item)]));
      return tenants.map((tenant) => found.get(tenant));
    },
    async replace(next, expectedVersion, event) {
      requireAddressable("tenant", next.tenant);
      const address = settingsAddress(next.tenant);
      const item = { ...toSettingsItem(next), ...riding(event) };
      const condition = expectedVersion === 0 ? ARE_THE_FIRST : ARE_THE_EXPECTED_VERSION;
      const values = { ":expectedVersion": attribute(expectedVersion) };
      const refused = await underClaim(database, event, () =>
        commit(database, {
          address,
          event,
          write: () => database.put(address, item, { condition, values }),
          fits: (current) => numberOf(current, "version") === expectedVersion,
        }),
      );
      if (refused === undefined) return { outcome: "replaced" };
      const { current } = refused;
      return { outcome: "conflict", ...(current !== undefined && { current: fromSettingsItem(current) }) };
    },
  };
}

function toSettingsItem({ tenant, version, updatedAt, settings }: TenantSettings): Item {
  return attributes({ tenant, version, updatedAt, settings: JSON.stringify(settings) });
}

function fromSettingsItem(item: Item): TenantSettings {
  return {
    tenant: textOf(item, "tenant") ?? "",
    version: numberOf(item, "version") ?? 0,
    updatedAt: numberOf(item, "updatedAt") ?? 0,
    settings: jsonOf(item, "settings"),
  };
}
