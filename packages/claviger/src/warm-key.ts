import { ReadyKey, type UsedKeyRecord } from "@claviger/core";
import type { Reading } from "./elapsed.js";
import type { KnownGates } from "./gates/known-gates.js";

/** A key as verify works with it, and by reference what it would otherwise look up by name each time. */
export class WarmKey extends ReadyKey {
  gates: KnownGates | undefined = undefined;
  /** Of its meters, where a store charges at once and has given one. */
  handle: object | undefined = undefined;
  /** Whether it stays in memory, so that its token is worth knowing again. */
  readonly isKept: boolean;
  /** When the read of it began, or it was asked for last, where it is kept for a time. */
  readAt: Reading | undefined;
  /** Of the reads of this process, counted from 1; 0 where nobody counts. */
  readonly number: number;

  constructor(record: UsedKeyRecord, isKept: boolean, readAt?: Reading, number = 0) {
    super(record);
    this.isKept = isKept;
    this.readAt = readAt;
    this.number = number;
  }
}
