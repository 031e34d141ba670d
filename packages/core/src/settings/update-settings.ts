import * as z from "zod/mini";
import { ClavigerError } from "../errors.js";
import { address, type ChangeTerms, reason } from "../lifecycle/act-options.js";
import type { Limit } from "../limits/limit.js";
import { limits } from "../limits/parse-limits.js";
import { flag } from "../value/flag.js";
import type { JsonValue } from "../value/metadata.js";
import { fields, parseInput } from "../value/parse-input.js";
import { wholeNumber } from "../value/whole-number.js";
import type { OwnSettings, TenantSettings } from "./tenant-settings.js";

/** What is in it replaces what was chosen before; null: nothing is chosen any more. */
export interface SettingsChange {
  readonly enabled?: boolean;
  readonly ownerLimits?: readonly Limit[] | null;
  readonly tenantLimits?: readonly Limit[] | null;
}

/** What an update of settings comes to, decided without a write. */
export type SettingsStep =
  | {
      readonly kind: "write";
      readonly next: TenantSettings;
      /** What the event says of it. */
      readonly data: { readonly [name: string]: JsonValue };
    }
  | { readonly kind: "nothing" };

const chosenLimits = z.optional(z.nullable(limits));
const patchSchema = fields({
  enabled: z.optional(flag),
  ownerLimits: chosenLimits,
  tenantLimits: chosenLimits,
});
const optionsSchema = fields({ ifVersion: z.optional(wholeNumber(0, Number.MAX_SAFE_INTEGER)), reason, address });

/** @throws ClavigerError `invalid_input` naming the field */
export function parseSettingsPatch(input: unknown): SettingsChange {
  const { enabled, ownerLimits, tenantLimits } = parseInput("input", patchSchema, input);
  return {
    ...(enabled !== undefined && { enabled }),
    ...(ownerLimits !== undefined && { ownerLimits }),
    ...(tenantLimits !== undefined && { tenantLimits }),
  };
}

/**
 * As of an act on a key, but that `ifVersion` may be 0: the tenant has no settings of its own yet.
 *
 * @throws ClavigerError `invalid_input`
 */
export function parseSettingsOptions(options: unknown = {}): ChangeTerms {
  const { ifVersion, reason, address } = parseInput("options", optionsSchema, options);
  return { ifVersion, reason, address };
}

/**
 * What an update makes of a tenant's settings. One that changes nothing writes nothing. Members that a later version
 * has stored stay as they are.
 *
 * @param current undefined: the tenant has none of its own yet
 * @throws ClavigerError `conflict` where they are at another version than `ifVersion`
 */
export function updateSettings(
  current: TenantSettings | undefined,
  tenant: string,
  patch: SettingsChange,
  ifVersion: number | undefined,
  nowMs: number,
): SettingsStep {
  const version = current?.version ?? 0;
  if (ifVersion !== undefined && ifVersion !== version) throw settingsConflict(ifVersion, version);
  const before = current?.settings ?? {};
  const after = chosenAfter(before, patch);
  const changed = CHANGEABLE.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (changed.length === 0) return { kind: "nothing" };
  return {
    kind: "write",
    next: { tenant, version: version + 1, updatedAt: nowMs, settings: after },
    data: { changed, from: shown(before, changed), to: shown(after, changed) },
  };
}

const CHANGEABLE = ["enabled", "ownerLimits", "tenantLimits"] as const;
type Changeable = (typeof CHANGEABLE)[number];

function chosenAfter(before: OwnSettings, { enabled, ownerLimits, tenantLimits }: SettingsChange): OwnSettings {
  const { ownerLimits: formerOfOwner, tenantLimits: formerOfTenant, ...others } = before;
  const ofOwner = ownerLimits === undefined ? formerOfOwner : ownerLimits;
  const ofTenant = tenantLimits === undefined ? formerOfTenant : tenantLimits;
  return {
    ...others,
    ...(enabled !== undefined && { enabled }),
    ...(ofOwner && { ownerLimits: ofOwner }),
    ...(ofTenant && { tenantLimits: ofTenant }),
  };
}

// What was, or is, not chosen is not shown.
function shown(settings: OwnSettings, changed: readonly Changeable[]): { readonly [name: string]: JsonValue } {
  const chosen = changed.filter((name) => settings[name] !== undefined);
  return Object.fromEntries(chosen.map((name) => [name, JSON.parse(JSON.stringify(settings[name]))]));
}

function settingsConflict(expectedVersion: number, version: number): ClavigerError {
  const message = `the tenant's settings are at version ${version}, not ${expectedVersion}: read them again and decide anew`;
  return new ClavigerError("conflict", message, { expectedVersion, version });
}
