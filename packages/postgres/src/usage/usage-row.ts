import type { KeyUsage, Sighting, UsageCount, UsageRecord } from "@claviger/core";
import type { Columns } from "../columns.js";

interface CountRow {
  readonly hour_at: number;
  readonly outcome: string;
  readonly count: number;
}

interface SightingRow {
  readonly kind: Sighting["kind"];
  readonly name: string;
  readonly first_at: number;
  readonly last_at: number;
}

/** What there is to merge of one key. */
interface MergedRow {
  readonly tenant: string;
  readonly key_id: string;
  readonly last_used_at: number | null;
  readonly counts: readonly CountRow[];
  readonly sightings: readonly SightingRow[];
}

/** What is known of one key. */
export type UsageRow = Omit<MergedRow, "tenant">;

export const COUNT_COLUMNS: Columns<keyof CountRow> = { hour_at: "bigint", outcome: "text", count: "bigint" };

export const SIGHTING_COLUMNS: Columns<keyof SightingRow> = {
  kind: "text",
  name: "text",
  first_at: "bigint",
  last_at: "bigint",
};

export const MERGED_COLUMNS: Columns<keyof MergedRow> = {
  tenant: "text",
  key_id: "text",
  last_used_at: "bigint",
  counts: "json",
  sightings: "json",
};

export function toMergedRow({ tenant, keyId, lastUsedAt, counts, sightings }: UsageRecord): MergedRow {
  return {
    tenant,
    key_id: keyId,
    last_used_at: lastUsedAt,
    counts: counts.map(({ hourAt, outcome, count }) => ({ hour_at: hourAt, outcome, count })),
    sightings: sightings.map(({ kind, name, firstAt, lastAt }) => ({ kind, name, first_at: firstAt, last_at: lastAt })),
  };
}

export function fromUsageRow({ key_id, last_used_at, counts, sightings }: UsageRow): KeyUsage {
  return {
    keyId: key_id,
    lastUsedAt: last_used_at,
    counts: counts.map(toCount).sort((a, b) => a.hourAt - b.hourAt || compare(a.outcome, b.outcome)),
    sightings: sightings.map(toSighting).sort((a, b) => compare(a.kind, b.kind) || compare(a.name, b.name)),
  };
}

/** By code unit, as the port orders; the database would by the bytes of UTF-8. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function toCount({ hour_at, outcome, count }: CountRow): UsageCount {
  return { hourAt: hour_at, outcome, count };
}

function toSighting({ kind, name, first_at, last_at }: SightingRow): Sighting {
  return { kind, name, firstAt: first_at, lastAt: last_at };
}
