import type {
  AuditEvent,
  ChargeRequest,
  ChargeResult,
  EventQuery,
  InsertResult,
  KeyEntry,
  KeyRecord,
  KeyUsage,
  ListQuery,
  OwnerCap,
  OwnerEvent,
  OwnerRef,
  OwnerResult,
  OwnerStanding,
  ReplaceResult,
  SettingsResult,
  StoredKey,
  TenantSettings,
  UsageQuery,
  UsageRecord,
} from "@claviger/core";
import { inOrder } from "./in-order.js";
import { modelKeys } from "./model-keys.js";

/** The port, without promises, pages and a clock. */
export interface ModelStore {
  find(ids: readonly string[], tenant?: string): readonly (StoredKey | undefined)[];
  insert(key: KeyRecord, cap: OwnerCap, event: AuditEvent): InsertResult;
  replace(next: KeyEntry, expectedVersion: number, event: AuditEvent): ReplaceResult;
  /** The ids of all pages. */
  list(query: ListQuery): readonly string[];
  /** @param nowUs the times that the store under test went by */
  consume(requests: readonly ChargeRequest[], nowMs: number, nowUs: readonly number[]): readonly ChargeResult[];
  recordUsage(batch: readonly UsageRecord[]): void;
  usage(query: UsageQuery): readonly KeyUsage[];
  append(events: readonly AuditEvent[]): void;
  /** All pages. */
  events(query: EventQuery): readonly AuditEvent[];
  settings(tenant: string): TenantSettings | undefined;
  replaceSettings(next: TenantSettings, expectedVersion: number, event: AuditEvent): SettingsResult;
  standing(owner: OwnerRef): OwnerStanding;
  switchOwner(event: OwnerEvent, suspendedAt: number | null): OwnerResult;
}

/** A value, and the write that made it so. */
export interface Kept<Value> {
  readonly value: Value;
  readonly eventId: string;
}

export interface KeyRef {
  readonly tenant: string;
  readonly id: string;
}

/** What every store must do, in as few words as it takes: maps, core's pure functions, and no index. */
export function modelStore(): ModelStore {
  const log = new Map<string, AuditEvent>();
  const commit = (event: AuditEvent): void => {
    if (log.has(event.id)) throw new Error(`the id ${event.id} is another event's`);
    log.set(event.id, event);
  };
  return {
    ...modelKeys(log, commit),
    ...modelSettings(commit),
    ...modelOwners(commit),
    append(events) {
      for (const event of events) if (!log.has(event.id)) commit(event);
    },
    events: ({ tenant, keyId, actor, types, fromAt = 0, beforeAt = Number.POSITIVE_INFINITY, order }) => {
      const matching = [...log.values()]
        .filter((event) => event.tenant === tenant && (keyId === undefined || event.keyId === keyId))
        .filter((event) => actor === undefined || event.actor === actor)
        .filter((event) => types === undefined || types.includes(event.type))
        .filter((event) => event.at >= fromAt && event.at < beforeAt);
      return inOrder(matching, order, ({ at }) => at);
    },
  };
}

/** Adds an event to the log. @throws Error its id is another one's */
export type Commit = (event: AuditEvent) => void;

function modelSettings(commit: Commit): Pick<ModelStore, "settings" | "replaceSettings"> {
  const settings = new Map<string, Kept<TenantSettings>>();
  return {
    settings: (tenant) => settings.get(tenant)?.value,
    replaceSettings(next, expectedVersion, event) {
      const current = settings.get(next.tenant);
      if (current?.eventId === event.id) return { outcome: "replaced" };
      if ((current?.value.version ?? 0) !== expectedVersion) {
        return { outcome: "conflict", ...(current !== undefined && { current: current.value }) };
      }
      commit(event);
      settings.set(next.tenant, { value: next, eventId: event.id });
      return { outcome: "replaced" };
    },
  };
}

function modelOwners(commit: Commit): Pick<ModelStore, "standing" | "switchOwner"> {
  const standings = new Map<string, Kept<number | null>>();
  const nameOf = ({ tenant, owner }: OwnerRef): string => JSON.stringify([tenant, owner]);
  return {
    standing: (owner) => ({ suspendedAt: standings.get(nameOf(owner))?.value ?? null }),
    switchOwner(event, suspendedAt) {
      const current = standings.get(nameOf(event));
      if (current?.eventId === event.id) return { outcome: "changed" };
      const isSuspended = (current?.value ?? null) !== null;
      if (isSuspended === (suspendedAt !== null)) return { outcome: "unchanged" };
      commit(event);
      standings.set(nameOf(event), { value: suspendedAt, eventId: event.id });
      return { outcome: "changed" };
    },
  };
}
