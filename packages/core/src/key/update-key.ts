import * as z from "zod/mini";
import { changeable } from "../lifecycle/change-state.js";
import { checkTimes, type Expiry, expiryFields, expiryTime, readExpiry } from "../lifecycle/expiry.js";
import { NOTHING, type Step } from "../lifecycle/step.js";
import { limits } from "../limits/parse-limits.js";
import { restrictions } from "../restriction/parse-restrictions.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import { grants } from "../scope/grants.js";
import { checkGrants } from "../settings/check-grants.js";
import type { Settings } from "../settings/settings.js";
import { type JsonValue, metadata } from "../value/metadata.js";
import { fields, parseInput } from "../value/parse-input.js";
import { time } from "../value/time.js";
import { name } from "./key-fields.js";
import type { KeyEntry, KeyRecord, RotationRecord } from "./key-record.js";

type Editable = Pick<KeyRecord, "name" | "scopes" | "notBefore" | "limits" | "restrictions" | "metadata">;

/** An update as asked for: what is in it replaces the whole field. */
export interface KeyPatch {
  readonly values: Partial<Editable>;
  readonly expiry: Expiry | undefined;
}

const schema = fields({
  name: z.optional(name),
  scopes: z.optional(grants),
  notBefore: z.optional(
    z.union([z.literal(null), time], "null, a valid Date, or whole epoch milliseconds, from 1970 to 2200"),
  ),
  ...expiryFields,
  limits: z.optional(limits),
  restrictions: z.optional(restrictions),
  metadata: z.optional(metadata),
});

/** @throws ClavigerError `invalid_input` naming the field */
export function parseKeyPatch(input: unknown): KeyPatch {
  const { expiresIn, expiresAt, ...values } = parseInput("input", schema, input);
  return { values: withoutUndefined(values), expiry: readExpiry({ expiresIn, expiresAt }) };
}

/**
 * What an update makes of a key. One that changes nothing writes nothing.
 *
 * @throws ClavigerError `not_found`, `illegal_transition`, `policy_violation`, `invalid_input`
 */
export function updateKey(
  entry: KeyEntry,
  patch: KeyPatch,
  policy: { readonly settings: Settings; readonly catalogue: ScopeCatalogue<string> },
  nowMs: number,
): Step {
  const key = changeable(entry, "update", nowMs);
  if (patch.values.scopes !== undefined) checkGrants(patch.values.scopes, policy.settings, policy.catalogue);
  const expiresAt = patch.expiry === undefined ? key.expiresAt : expiryTime(patch.expiry, policy.settings, nowMs);
  const next = { ...key, ...patch.values, expiresAt, rotation: followExpiry(key, expiresAt) };
  checkTimes(next, nowMs);
  const changed = CHANGEABLE.filter((field) => JSON.stringify(key[field]) !== JSON.stringify(next[field]));
  if (changed.length === 0) return NOTHING;
  return {
    kind: "write",
    next: { ...next, updatedAt: nowMs, version: key.version + 1 },
    type: "key.updated",
    data: { changed, from: shown(key, changed), to: shown(next, changed) },
  };
}

const CHANGEABLE = ["name", "scopes", "notBefore", "expiresAt", "limits", "restrictions", "metadata"] as const;
type Changeable = (typeof CHANGEABLE)[number];

// An expiry that a person sets during a rotation is the key's, whichever secret stays.
function followExpiry(key: KeyRecord, expiresAt: number | null): RotationRecord | null {
  if (key.rotation === null || expiresAt === key.expiresAt) return key.rotation;
  const previousEndsAt = Math.min(key.rotation.previousEndsAt, expiresAt ?? Number.POSITIVE_INFINITY);
  return { ...key.rotation, previousEndsAt, previousExpiresAt: expiresAt };
}

// Metadata is the application's own: the log says that it changed, not what it holds.
function shown(key: KeyRecord, changed: readonly Changeable[]): { readonly [field: string]: JsonValue } {
  const shownFields = changed.filter((field) => field !== "metadata");
  return Object.fromEntries(shownFields.map((field) => [field, toJson(key[field])]));
}

function toJson(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value));
}

type Given<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> };

function withoutUndefined<T extends object>(values: T): Given<T> {
  const given: { [Name in keyof T]?: Exclude<T[Name], undefined> } = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) Reflect.set(given, name, value);
  return given;
}
