import type { AuditEvent } from "@claviger/core";
import type { Database } from "../client/database.js";
import { attribute, textOf } from "../client/item.js";
import { placeText } from "../order/place.js";
import { claimAddress, logPartition } from "../table/addresses.js";
import { isLogged } from "./log.js";

/**
 * An event's id is claimed before what it tells of is written, since no single write can both change a key and see
 * that no other event anywhere has the id.
 *
 *     claim ──▶ write (the event rides in it) ──▶ log
 *       └─ refused: the claim is given back
 *
 * Whoever dies in between leaves a claim of his own event, which hinders no repetition of it, and nobody else.
 */
const UNCLAIMED = "attribute_not_exists(#pk)";
const CLAIMED_BY_ME = "#of = :of";

/** `other`: another event has the id. */
export type Claim = "claimed" | "again" | "other";

export async function claim(database: Database, event: AuditEvent): Promise<Claim> {
  const of = nameOf(event);
  for (;;) {
    const result = await database.put(claimAddress(event.id), { of: attribute(of) }, { condition: UNCLAIMED });
    if (result.written) return "claimed";
    // Undefined: it was given back since.
    if (result.current !== undefined) return textOf(result.current, "of") === of ? "again" : "other";
  }
}

/**
 * Does a write under the claim of its event's id. A repetition whose event is in the log is done already, and writes
 * nothing.
 *
 * @param write undefined: it was written, or had been; otherwise why it was not
 * @throws Error another event has the id: a change without its event must not be
 */
export async function underClaim<Refusal extends object>(
  database: Database,
  event: AuditEvent,
  write: () => Promise<Refusal | undefined>,
): Promise<Refusal | undefined> {
  const claimed = await claim(database, event);
  if (claimed === "other") throw new Error(`another event has the id ${event.id}`);
  if (claimed === "again" && (await isLogged(database, event))) return undefined;
  const refusal = await write();
  if (refusal === undefined) return undefined;
  await database.remove(claimAddress(event.id), {
    condition: CLAIMED_BY_ME,
    values: { ":of": attribute(nameOf(event)) },
  });
  return refusal;
}

/** What tells an event from any other: its place in the log, and its type. */
function nameOf(event: AuditEvent): string {
  return `${event.type} ${logPartition(event.tenant, event.keyId)} ${placeText(event)}`;
}
