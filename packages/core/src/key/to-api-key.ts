import { liveRotation } from "../lifecycle/rotation.js";
import { statusAt } from "../lifecycle/status.js";
import { deepFreeze } from "../value/freeze.js";
import { plainMaker } from "../value/plain-maker.js";
import type { ApiKey, Rotation } from "./api-key.js";
import type { KeyRecord, UsedKeyRecord } from "./key-record.js";

const View = plainMaker<[UsedKeyRecord, number], ApiKey>(function (record, nowMs) {
  this.id = record.id;
  this.tenant = record.tenant;
  this.owner = record.owner;
  this.name = record.name;
  this.scopes = record.scopes;
  this.status = statusAt(record, nowMs);
  this.limits = record.limits;
  this.restrictions = record.restrictions;
  this.metadata = record.metadata;
  this.createdAt = record.createdAt;
  this.createdBy = record.createdBy;
  this.updatedAt = record.updatedAt;
  this.expiresAt = record.expiresAt;
  this.notBefore = record.notBefore;
  this.lastUsedAt = record.lastUsedAt;
  this.version = record.version;
  this.rotation = rotationAt(record, nowMs);
});

/**
 * What people see of a key: without its secrets' digests, deeply frozen.
 *
 * @param record its parts are frozen, not copied
 * @param nowMs for `status` and `rotation`
 */
export function toApiKey<Grant extends string = string>(record: UsedKeyRecord, nowMs: number): ApiKey<Grant> {
  const view = new View(record, nowMs);
  // Each by its name: to go through all members to find those that are objects takes as long again as all the rest.
  for (const part of [view.scopes, view.limits, view.restrictions, view.metadata, view.rotation]) deepFreeze(part);
  return Object.freeze(view) as ApiKey<Grant>;
}

/** The rotation that people see: none of a key that has ended. */
export function rotationAt(record: KeyRecord, nowMs: number): Rotation | null {
  const isOver = record.state === "revoked" || record.state === "compromised";
  const rotation = isOver ? null : liveRotation(record, nowMs);
  if (rotation === null) return null;
  return { startedAt: rotation.startedAt, endsAt: rotation.previousEndsAt };
}
