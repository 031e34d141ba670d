import { liveRotation } from "../lifecycle/rotation.js";
import { statusAt } from "../lifecycle/status.js";
import { deepFreeze } from "../value/freeze.js";
import type { ApiKey, Rotation } from "./api-key.js";
import type { KeyRecord, UsedKeyRecord } from "./key-record.js";

/**
 * What people see of a key: without its secrets' digests, deeply frozen.
 *
 * @param record its parts are frozen, not copied
 * @param nowMs for `status` and `rotation`
 */
export function toApiKey<Grant extends string = string>(record: UsedKeyRecord, nowMs: number): ApiKey<Grant> {
  return deepFreeze({
    id: record.id,
    tenant: record.tenant,
    owner: record.owner,
    name: record.name,
    scopes: record.scopes as readonly Grant[],
    status: statusAt(record, nowMs),
    limits: record.limits,
    restrictions: record.restrictions,
    metadata: record.metadata,
    createdAt: record.createdAt,
    createdBy: record.createdBy,
    updatedAt: record.updatedAt,
    expiresAt: record.expiresAt,
    notBefore: record.notBefore,
    lastUsedAt: record.lastUsedAt,
    version: record.version,
    rotation: rotationAt(record, nowMs),
  });
}

/** The rotation that people see: none of a key that has ended. */
export function rotationAt(record: KeyRecord, nowMs: number): Rotation | null {
  const isOver = record.state === "revoked" || record.state === "compromised";
  const rotation = isOver ? null : liveRotation(record, nowMs);
  if (rotation === null) return null;
  return { startedAt: rotation.startedAt, endsAt: rotation.previousEndsAt };
}
