import type { ChainAnchor } from "@claviger/core";
import type { Database } from "../client/database.js";
import { attribute, type Item, numberOf, textOf } from "../client/item.js";
import { keyAddress } from "../table/addresses.js";

/**
 * The anchor of a key's chain is in the key's own item, or in its tombstone, so that one read shows both ends of the
 * chain. No write of the key touches it.
 */
export function anchorOf(item: Item): ChainAnchor | null {
  const [version, hash] = [numberOf(item, "anchorVersion"), textOf(item, "anchorHash")];
  return version === null || hash === null ? null : { version, hash };
}

/** Of the tenant's key, and never back. */
const IS_FURTHER =
  "attribute_exists(#pk) AND #tenant = :tenant AND (attribute_not_exists(#anchorVersion) OR #anchorVersion < :version)";

/** Moves the anchor of a key's chain forward; one that is as far already stays. */
export async function moveAnchor(
  database: Database,
  { tenant, id }: { readonly tenant: string; readonly id: string },
  { version, hash }: ChainAnchor,
): Promise<void> {
  await database.update(keyAddress(id), {
    update: "SET #anchorVersion = :version, #anchorHash = :hash",
    condition: IS_FURTHER,
    values: { ":tenant": attribute(tenant), ":version": attribute(version), ":hash": attribute(hash) },
  });
}
