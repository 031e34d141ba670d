import {
  type ChargeRequest,
  ClavigerError,
  type OwnerEvent,
  type PurgeQuery,
  type SettingsEvent,
  type Store,
  type TenantSettings,
  type UsageRecord,
  unreachable,
} from "@claviger/core";
import type { CreateInput, Keyring, UpdateInput } from "claviger";

/** Something done to a store: a verb of the keyring, or a call of what the keyring does not use yet. Plain data. */
export type Act =
  | { readonly verb: "create"; readonly tenant: string; readonly input: CreateInput }
  | { readonly verb: "verify"; readonly token: string }
  | { readonly verb: "disable" | "enable" | "revoke" | "delete"; readonly tenant: string; readonly id: string }
  | { readonly verb: "rotate"; readonly tenant: string; readonly id: string; readonly overlapMs: number }
  | { readonly verb: "update"; readonly tenant: string; readonly id: string; readonly input: UpdateInput }
  | { readonly verb: "settle" }
  | { readonly verb: "recordUsage"; readonly batch: readonly UsageRecord[] }
  | { readonly verb: "consume"; readonly requests: readonly ChargeRequest[]; readonly nowMs: number }
  | {
      readonly verb: "replaceSettings";
      readonly next: TenantSettings;
      readonly expectedVersion: number;
      readonly event: SettingsEvent;
    }
  | { readonly verb: "purgeEvents"; readonly query: PurgeQuery }
  | { readonly verb: "suspend"; readonly event: OwnerEvent<"owner.suspended"> }
  | { readonly verb: "resume"; readonly event: OwnerEvent<"owner.resumed"> };

/** What became of an act. Plain data. */
export interface Answer {
  /** "ok", the code of the denial or of the refusal, or the store's outcome. */
  readonly outcome: string;
  /** Of a key that was created or rotated. */
  readonly issued?: { readonly id: string; readonly token: string };
  /** Units admitted, one number a request of `consume`. */
  readonly admitted?: readonly number[];
}

const OK: Answer = { outcome: "ok" };

/** Does the act. Denials and refusals are answers; trouble in the store, and whatever else is no refusal, is thrown. */
export async function perform(keyring: Keyring, store: Store, act: Act): Promise<Answer> {
  try {
    return await attempt(keyring, store, act);
  } catch (error) {
    if (!(error instanceof ClavigerError) || error.code === "store_unavailable") throw error;
    return { outcome: error.code };
  }
}

async function attempt(keyring: Keyring, store: Store, act: Act): Promise<Answer> {
  switch (act.verb) {
    case "create": {
      const { key, token } = await keyring.tenant(act.tenant).create(act.input);
      return { ...OK, issued: { id: key.id, token } };
    }
    case "rotate": {
      const { key, token } = await keyring.tenant(act.tenant).rotate(act.id, { overlap: act.overlapMs });
      return { ...OK, issued: { id: key.id, token } };
    }
    case "verify": {
      const verdict = await keyring.verify(act.token);
      return { outcome: verdict.ok ? "ok" : verdict.code };
    }
    case "update":
      await keyring.tenant(act.tenant).update(act.id, act.input);
      return OK;
    case "disable":
    case "enable":
    case "revoke":
    case "delete":
      await keyring.tenant(act.tenant)[act.verb](act.id);
      return OK;
    case "settle":
      await keyring.flush();
      return OK;
    case "recordUsage":
      await store.recordUsage(act.batch);
      return OK;
    case "consume": {
      const results = await store.consume(act.requests, act.nowMs);
      return { ...OK, admitted: results.map(({ admitted }) => admitted) };
    }
    case "replaceSettings":
      return { outcome: (await store.settings.replace(act.next, act.expectedVersion, act.event)).outcome };
    case "purgeEvents":
      await store.purgeEvents(act.query);
      return OK;
    case "suspend":
      return { outcome: (await store.owners.suspend(act.event)).outcome };
    case "resume":
      return { outcome: (await store.owners.resume(act.event)).outcome };
    default:
      return unreachable(act);
  }
}
