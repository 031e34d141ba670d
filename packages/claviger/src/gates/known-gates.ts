import type { Gates, OwnerRef } from "@claviger/core";
import { createGenerations } from "../cache/generations.js";
import { createSharedReadings } from "../cache/shared-readings.js";
import type { Reading, Stopwatch } from "../elapsed.js";

/**
 * The gates as they were read last, and what it takes to tell whether they still count. One object an owner, changed in
 * place: all of his keys hold on to it, and see what was read for one of them.
 */
export interface KnownGates {
  gates: Gates;
  /** When the read of the tenant began, or that of the owner: what makes them older. */
  readAt: Reading;
  /** How many changes had been heard of by then, whosever. */
  changes: number;
}

/** What is known of the gates, by owner. */
export interface GateMemory {
  /** Whether it may be relied upon. */
  counts(held: KnownGates, now: Reading): boolean;
  /** Which may count no more. */
  of(owner: OwnerRef): KnownGates | undefined;
  /** @param held what is known of the owner, to be brought up to date; undefined: nothing is */
  note(owner: OwnerRef, held: KnownGates | undefined, gates: Gates, readAt: Reading): KnownGates;
  /** From now on nothing counts that was noted before: whatever was heard to change, somebody may hold on to it. */
  change(): void;
}

/** @param maxOwners those that were longest out of use are dropped */
export function createGateMemory(stopwatch: Stopwatch, gateStaleMs: number, maxOwners: number): GateMemory {
  const known = createGenerations<KnownGates>(maxOwners);
  const sharedReading = createSharedReadings(stopwatch, gateStaleMs);
  let changes = 0;
  return {
    counts: (held, now) => held.changes === changes && stopwatch.ageMs(held.readAt, now) < gateStaleMs,
    of: (owner) => known.get(ownerName(owner)),
    note(owner, held, gates, began) {
      const readAt = sharedReading(began);
      if (held === undefined) {
        const made = { gates, readAt, changes };
        known.set(ownerName(owner), made);
        return made;
      }
      held.gates = gates;
      held.readAt = readAt;
      held.changes = changes;
      return held;
    },
    change() {
      changes += 1;
    },
  };
}

/** Neither name can end where the other begins, whatever characters they hold. */
export function ownerName({ tenant, owner }: OwnerRef): string {
  return `${tenant.length} ${tenant}${owner}`;
}
