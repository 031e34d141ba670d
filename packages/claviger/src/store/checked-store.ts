import { type ChargeRequest, type ChargeResult, describeValue, type Store } from "@claviger/core";
import { instead } from "./instead.js";

/**
 * Throws where the store answers what is none, in all that a verdict rests on. Taken as it came, an answer that is too short
 * or holds a null would pass for "no such key", "nothing chosen" or "not suspended". What a key holds is judged further on.
 */
export function checkedStore(store: Store): Store {
  const { settings, owners } = store;
  return {
    ...store,
    async find(ids, tenant) {
      const keys = await (tenant === undefined ? store.find(ids) : store.find(ids, tenant));
      return listed("keys", keys, ids, (key, id) => {
        if (key === undefined) return true;
        return isObject(key) && key.id === id && (tenant === undefined || key.tenant === tenant);
      });
    },
    consume: instead(
      store.consume,
      async (requests, nowMs) => listed("charges", await store.consume(requests, nowMs), requests, isChargeResult),
      (atOnce) => (request, nowMs) => {
        const result = atOnce(request, nowMs);
        if (!isChargeResult(result, request)) throw notAtOnce("consume.atOnce", result) ?? senseless("charges");
        return result;
      },
    ),
    settings: {
      ...settings,
      async get(tenants) {
        return listed(
          "settings",
          await settings.get(tenants),
          tenants,
          (own, tenant) =>
            own === undefined ||
            (isObject(own) && own.tenant === tenant && isWhole(own.version) && isObject(own.settings)),
        );
      },
    },
    owners: {
      ...owners,
      async read(asked) {
        return listed(
          "owners",
          await owners.read(asked),
          asked,
          (standing) =>
            isObject(standing) && (standing.suspendedAt === null || typeof standing.suspendedAt === "number"),
        );
      },
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
  const given: unknown = answers;
  if (!Array.isArray(given)) throw new TypeError(`the store was asked for ${what}, and gave ${describeValue(given)}`);
  if (answers.length !== asked.length)
    throw new TypeError(`the store was asked for ${asked.length} ${what}, and gave ${answers.length}`);
  // By index: a hole in an array is an entry, too.
  for (const [index, of] of asked.entries()) if (!isSound(answers[index] as Answer, of)) throw senseless(what);
  return answers;
}

/** @returns what is wrong, where a promise was given of which nobody will hear any more */
function notAtOnce(what: string, result: unknown): TypeError | undefined {
  if (!isObject(result) || !("then" in result)) return undefined;
  // Unheard, its failure would end the process; that it is a promise is told in its place.
  Promise.resolve(result).catch(() => undefined);
  return new TypeError(`${what} must return its result and no promise of it; a store that waits has no ${what}`);
}

function senseless(what: string): TypeError {
  return new TypeError(`the store was asked for ${what}, and what it gave makes no sense`);
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
