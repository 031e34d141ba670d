import * as z from "zod/mini";
import type { StoredDigest } from "../digest/stored-digest.js";
import { address, reason } from "../lifecycle/act-options.js";
import { checkTimes, type Expiry, expiryFields, expiryTime, readExpiry } from "../lifecycle/expiry.js";
import type { Limit } from "../limits/limit.js";
import { limits } from "../limits/parse-limits.js";
import { restrictions } from "../restriction/parse-restrictions.js";
import type { Restrictions } from "../restriction/restrictions.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import { grants } from "../scope/grants.js";
import { checkGrants } from "../settings/check-grants.js";
import type { Settings } from "../settings/settings.js";
import { type Metadata, metadata } from "../value/metadata.js";
import { fields, parseInput } from "../value/parse-input.js";
import { time } from "../value/time.js";
import { name, owner } from "./key-fields.js";
import type { UsedKeyRecord } from "./key-record.js";

/** A key as asked for. */
export interface KeyDraft {
  readonly owner: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly notBefore: number | null;
  readonly expiry: Expiry | undefined;
  readonly limits: readonly Limit[];
  readonly restrictions: Restrictions;
  readonly metadata: Metadata;
  readonly reason: string | undefined;
  readonly address: string | undefined;
}

const schema = fields({
  owner,
  name,
  scopes: z.optional(grants),
  notBefore: z.optional(time),
  ...expiryFields,
  limits: z.optional(limits),
  restrictions: z.optional(restrictions),
  metadata: z.optional(metadata),
  reason,
  address,
});

/** @throws ClavigerError `invalid_input` naming the field */
export function parseKeyDraft(input: unknown): KeyDraft {
  const given = parseInput("input", schema, input);
  return {
    owner: given.owner,
    name: given.name,
    scopes: given.scopes ?? [],
    notBefore: given.notBefore ?? null,
    expiry: readExpiry(given),
    limits: given.limits ?? [],
    restrictions: given.restrictions ?? {},
    metadata: given.metadata ?? {},
    reason: given.reason,
    address: given.address,
  };
}

/** Whose the new key is, and who makes it. */
export interface Issuance {
  readonly id: string;
  readonly tenant: string;
  readonly createdBy: string;
  readonly digest: StoredDigest;
}

/**
 * The key that a draft makes now, under a tenant's settings.
 *
 * @throws ClavigerError `policy_violation` the settings forbid it; `invalid_input` times or scopes that make no sense
 */
export function newKey(
  draft: KeyDraft,
  issuance: Issuance,
  policy: { readonly settings: Settings; readonly catalogue: ScopeCatalogue<string> },
  nowMs: number,
): UsedKeyRecord {
  checkGrants(draft.scopes, policy.settings, policy.catalogue);
  const expiresAt = expiryTime(draft.expiry, policy.settings, nowMs);
  checkTimes({ notBefore: draft.notBefore, expiresAt }, nowMs);
  return {
    state: "active",
    id: issuance.id,
    tenant: issuance.tenant,
    owner: draft.owner,
    name: draft.name,
    scopes: draft.scopes,
    limits: draft.limits,
    restrictions: draft.restrictions,
    metadata: draft.metadata,
    createdAt: nowMs,
    createdBy: issuance.createdBy,
    updatedAt: nowMs,
    expiresAt,
    notBefore: draft.notBefore,
    version: 1,
    secretVersion: 1,
    digest: issuance.digest,
    rotation: null,
    head: null,
    lastUsedAt: null,
  };
}
