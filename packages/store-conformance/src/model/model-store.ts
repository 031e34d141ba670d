import type {
  AuditEvent,
  ChargeRequest,
  ChargeResult,
  EventQuery,
  EventRef,
  InsertResult,
  KeyChain,
  KeyEntry,
  KeyRecord,
  KeyUsage,
  ListQuery,
  OwnerCap,
  OwnerEvent,
  OwnerRef,
  OwnerResult,
  OwnerStanding,
  RefundRequest,
  ReplaceResult,
  SettingsResult,
  StoredKey,
  TenantSettings,
  UsageQuery,
  UsageRecord,
} from "@claviger/core";
import { modelKeys } from "./model-keys.js";
import { modelLog } from "./model-log.js";

/** The port, without promises, pages and a clock. */
export interface ModelStore {
  find(ids: readonly string[], tenant?: string): readonly (StoredKey | undefined)[];
  insert(key: KeyRecord, cap: OwnerCap, event: AuditEvent): InsertResult;
  replace(next: KeyEntry, expectedVersion: number, event: AuditEvent): ReplaceResult;
  /** The ids of all pages. */
  list(query: ListQuery): readonly string[];
  /** @param nowUs the times that the store under test went by */
  consume(requests: readonly ChargeRequest[], nowMs: number, nowUs: readonly number[]): readonly ChargeResult[];
  refund(requests: readonly RefundRequest[]): void;
  recordUsage(batch: readonly UsageRecord[]): void;
  usage(query: UsageQuery): readonly KeyUsage[];
  append(events: readonly AuditEvent[]): void;
  /** All pages. */
  events(query: EventQuery): readonly AuditEvent[];
  eraseEvents(refs: readonly EventRef[], erasedAt: number): void;
  /** To the end. */
  purgeEvents(tenant: string, beforeAt: number): void;
  chain(key: KeyRef): KeyChain | undefined;
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
  const { log, commit, anchorOf, ...events } = modelLog();
  return {
    ...modelKeys(log, anchorOf, commit),
    ...modelSettings(commit),
    ...modelOwners(commit),
    ...events,
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
