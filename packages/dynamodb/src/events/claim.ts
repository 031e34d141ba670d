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
 *       └─ refused: the claim is given back, if it is still this attempt's
 *
 * Whoever dies in between leaves a claim of his own event, which hinders no repetition of it, and nobody else. A repetition
 * takes the claim over, and does not give it back: each attempt may come to write what the other was refused.
 *
 *     attempt 1: claim ── refused ─────────────────────────── give back: it is not 1's any more
 *     attempt 2:                 take over ── write ── log
 */
const UNCLAIMED = "attribute_not_exists(#pk)";
const CLAIMED_FOR_THIS_EVENT = "#of = :of";
const CLAIMED_BY_THIS_ATTEMPT = "#attempt = :attempt";

/** `other`: another event has the id. */
export type Claim = "claimed" | "again" | "other";

/** @param attempt what no other attempt at anything has */
export async function claim(database: Database, event: AuditEvent, attempt: string): Promise<Claim> {
  const address = claimAddress(event.id);
  const mine = { of: attribute(nameOf(event)), attempt: attribute(attempt) };
  for (;;) {
    const first = await database.put(address, mine, { condition: UNCLAIMED });
    if (first.written) return "claimed";
    if (first.current === undefined) continue; // It was given back since.
    // The SDK repeated what had no reply.
    if (textOf(first.current, "attempt") === attempt) return "claimed";
    if (textOf(first.current, "of") !== nameOf(event)) return "other";
    const values = { ":of": mine.of, ":attempt": mine.attempt };
    const again = await database.update(address, {
      update: "SET #attempt = :attempt",
      condition: CLAIMED_FOR_THIS_EVENT,
      values,
    });
    if (again.written) return "again";
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
  const attempt = crypto.randomUUID();
  const claimed = await claim(database, event, attempt);
  if (claimed === "other") throw new Error(`another event has the id ${event.id}`);
  if (claimed === "again" && (await isLogged(database, event))) return undefined;
  const refusal = await write();
  if (refusal === undefined || claimed === "again") return refusal;
  await database.remove(claimAddress(event.id), {
    condition: CLAIMED_BY_THIS_ATTEMPT,
    values: { ":attempt": attribute(attempt) },
  });
  return refusal;
}

/** What tells an event from any other: its place in the log, and its type. */
function nameOf(event: AuditEvent): string {
  return `${event.type} ${logPartition(event.tenant, event.keyId)} ${placeText(event)}`;
}
