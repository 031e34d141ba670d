import { type ChargeRequest, type ChargeResult, describeValue, PartialFault, type Store } from "@claviger/core";
import { isPartialFault } from "../batches/partial-fault.js";
import { instead } from "./instead.js";

/**
 * Throws where the store answers what is none, in all that a verdict rests on. Taken as it came, an answer that is too short
 * or holds a null would pass for "no such key", "nothing chosen" or "not suspended". What a key holds is judged further on.
 * Below the batches: once for all that goes together.
 */
export function checkedStore(store: Store): Store {
  const { settings, owners } = store;
  return {
    ...store,
    find: (ids, tenant) =>
      checked("keys", ids, tenant === undefined ? store.find(ids) : store.find(ids, tenant), (key, id) => {
        if (key === undefined) return true;
        return isObject(key) && key.id === id && (tenant === undefined || key.tenant === tenant);
      }),
    consume: instead(
      store.consume,
      (requests, nowMs) => checked("charges", requests, store.consume(requests, nowMs), isChargeResult),
      (atOnce) => (request, nowMs) => {
        const result = atOnce(request, nowMs);
        if (!isChargeResult(result, request)) throw senseless("charges");
        return result;
      },
    ),
    settings: {
      ...settings,
      get: (tenants) =>
        checked(
          "settings",
          tenants,
          settings.get(tenants),
          (own, tenant) =>
            own === undefined ||
            (isObject(own) && own.tenant === tenant && isWhole(own.version) && isObject(own.settings)),
        ),
    },
    owners: {
      ...owners,
      read: (asked) =>
        checked(
          "owners",
          asked,
          owners.read(asked),
          (standing) =>
            isObject(standing) && (standing.suspendedAt === null || typeof standing.suspendedAt === "number"),
        ),
    },
  };
}

/**
 * @throws TypeError an answer that has not one entry for each thing asked for, in order, or none that makes sense
 * @throws PartialFault with those entries that do: what was charged is not charged again, and one entry without sense must
 *   not cost the others theirs
 */
async function checked<Asked, Answer>(
  what: string,
  asked: readonly Asked[],
  answering: Promise<readonly Answer[]>,
  isSound: (answer: Answer, of: Asked) => boolean,
): Promise<readonly Answer[]> {
  try {
    const answers = listed(what, await answering, asked);
    for (let index = 0; index < asked.length; index += 1)
      if (!isSound(answers[index] as Answer, asked[index] as Asked)) throw new PartialFault(answers, senseless(what));
    return answers;
  } catch (error) {
    if (!isPartialFault<Answer>(error, asked.length)) throw error;
    const answers = asked.map((of, index) => {
      const answer = error.answers[index];
      return answer !== undefined && isSound(answer, of) ? answer : undefined;
    });
    throw answers.some((answer) => answer !== undefined) ? new PartialFault(answers, error.cause) : error.cause;
  }
}

/** @throws TypeError an answer that has not one entry for each thing asked for */
function listed<Answer>(what: string, answers: readonly Answer[], asked: readonly unknown[]): readonly Answer[] {
  const given: unknown = answers;
  if (!Array.isArray(given)) throw new TypeError(`the store was asked for ${what}, and gave ${describeValue(given)}`);
  if (answers.length !== asked.length)
    throw new TypeError(`the store was asked for ${asked.length} ${what}, and gave ${answers.length}`);
  return answers;
}

function senseless(what: string): TypeError {
  return new TypeError(`the store was asked for ${what}, and what it gave makes no sense`);
}

function isChargeResult(result: ChargeResult | undefined, { charges, shared, units }: ChargeRequest): boolean {
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
