import type {
  ChargeRequest,
  ChargeResult,
  FoundCharge,
  OwnerRef,
  OwnerStanding,
  Store,
  TenantSettings,
} from "@claviger/core";
import { instead } from "./instead.js";
import { oneEach } from "./one-each.js";
import type { PlainStore } from "./plain-store.js";

/**
 * Throws where the store answers what is none, in all that a verdict rests on. Taken as it came, an answer that is too short
 * or holds a null would pass for "no such key", "nothing chosen" or "not suspended". What a key holds is judged further on.
 */
export function checkedStore(store: PlainStore): PlainStore {
  const { settings, owners, consumeIfUnchanged } = store;
  return {
    ...store,
    async find(...asked: Parameters<Store["find"]>) {
      const [ids, tenant] = asked;
      return listed("keys", await store.find(...asked), ids, (key, id) => {
        if (key === undefined) return true;
        return isObject(key) && key.id === id && (tenant === undefined || key.tenant === tenant);
      });
    },
    consume: instead(
      store.consume,
      async (requests: readonly ChargeRequest[], nowMs: number) =>
        listed("charges", await store.consume(requests, nowMs), requests, isChargeResult),
      (atOnce) => (request, nowMs, handle) => {
        const result = atOnce(request, nowMs, handle);
        // Here, where whatever a look at the handle throws is the store's.
        const isSound = isChargeResult(result, request) && isHandle(result.handle);
        return isSound ? result : refuse("consume.atOnce", "charges", result);
      },
    ),
    ...(consumeIfUnchanged !== undefined && {
      consumeIfUnchanged: async (requests: readonly FoundCharge[], nowMs: number) =>
        listed(
          "charges",
          await consumeIfUnchanged(requests, nowMs),
          requests,
          (result, of) => result === null || isChargeResult(result, of),
        ),
    }),
    settings: {
      ...settings,
      get: instead(
        settings.get,
        async (tenants: readonly string[]) => listed("settings", await settings.get(tenants), tenants, areSettingsOf),
        (atOnce) => (tenant) => {
          const own = atOnce(tenant);
          return areSettingsOf(own, tenant) ? own : refuse("settings.get.atOnce", "settings", own);
        },
      ),
    },
    owners: {
      ...owners,
      read: instead(
        owners.read,
        async (asked: readonly OwnerRef[]) => listed("owners", await owners.read(asked), asked, isStanding),
        (atOnce) => (owner) => {
          const standing = atOnce(owner);
          return isStanding(standing) ? standing : refuse("owners.read.atOnce", "owners", standing);
        },
      ),
    },
  };
}

/** @throws TypeError an answer that has not one sound entry for each thing asked for, in order */
function listed<Asked, Answer>(
  what: string,
  answers: readonly Answer[],
  asked: readonly Asked[],
  isSound: (answer: Answer, of: Asked) => boolean,
): readonly Answer[] {
  oneEach(what, answers, asked.length);
  // By index: a hole in an array is an entry, too.
  if (!asked.every((of, index) => isSound(answers[index] as Answer, of))) throw senseless(what);
  return answers;
}

/** @throws TypeError always: what was given at once is no sound answer, as a promise is none, of which nobody will hear any more */
function refuse(method: string, what: string, given: unknown): never {
  if (!isObject(given) || !("then" in given)) throw senseless(what);
  // Unheard, its failure would end the process; that it is a promise is told in its place.
  Promise.resolve(given).catch(() => undefined);
  throw new TypeError(`${method} must return its result and no promise of it; a store that waits has no ${method}`);
}

function senseless(what: string): TypeError {
  return new TypeError(`the store was asked for ${what}, and what it gave makes no sense`);
}

function areSettingsOf(own: TenantSettings | undefined, tenant: string): boolean {
  if (own === undefined) return true;
  return isObject(own) && own.tenant === tenant && isWhole(own.version) && isObject(own.settings);
}

function isStanding(standing: OwnerStanding): boolean {
  return isObject(standing) && (standing.suspendedAt === null || typeof standing.suspendedAt === "number");
}

function isChargeResult(result: ChargeResult, { charges, shared, units }: ChargeRequest): boolean {
  if (!isObject(result)) return false;
  const { admitted, meters, nowUs } = result;
  return (
    isWhole(admitted) &&
    admitted <= units &&
    Number.isFinite(nowUs) &&
    Array.isArray(meters) &&
    meters.length === charges.length + (shared === undefined ? 0 : shared.ofOwner.length + shared.ofTenant.length) &&
    areMeters(meters)
  );
}

function isHandle(handle: unknown): boolean {
  return handle === undefined || Object(handle) === handle;
}

function areMeters(meters: readonly unknown[]): boolean {
  for (let index = 0; index < meters.length; index += 1)
    if (meters[index] !== null && !isObject(meters[index])) return false;
  return true;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isWhole(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
