import { type ChargeRequest, listOf, type MeterStore, type StoreCapabilities } from "@claviger/core";
import { answersOf } from "../client/ask-apart.js";
import type { Database } from "../client/database.js";
import type { Tables } from "../schema/tables.js";
import type { Charging } from "./charging.js";
import { prepareSpend } from "./spend.js";
import { prepareSpendAtOnce } from "./spend-at-once.js";
import { prepareSpendInTurn } from "./spend-in-turn.js";
import { prepareTell } from "./tell.js";

/**
 * Each request goes the cheapest way that does it: a lone one at once, where that settles it; else a key's own charges, told
 * apart only where one key comes twice or shares a limit, or nothing but a look. Each way is one statement, all of it or
 * nothing.
 */
export function prepareConsume(
  database: Database,
  tables: Tables,
  meterClock: StoreCapabilities["meterClock"],
): MeterStore["consume"] {
  const spendAtOnce = prepareSpendAtOnce(database, tables, meterClock);
  const spend = prepareSpend(database, tables, meterClock);
  const spendInTurn = prepareSpendInTurn(database, tables, meterClock);
  const tell = prepareTell(database, tables, meterClock);

  return async (requests, nowMs) => {
    const lone = loneSpend(requests);
    const spent = lone && (await spendAtOnce(lone, nowMs));
    if (spent !== undefined) return listOf(spent);
    const ways = waysOf(requests);
    const wayOf = (way: Way): Charging => ({ spend, spendInTurn, tell })[way];
    const [only] = ways;
    if (only === undefined) return [];
    if (ways.every((way) => way === only)) return answersOf(await wayOf(only)(requests, nowMs));
    const outcomes = await Promise.all(
      WAYS.map((way) =>
        wayOf(way)(
          requests.filter((_, index) => ways[index] === way),
          nowMs,
        ).then((some) => [way, some.values()] as const),
      ),
    );
    const next = new Map(outcomes);
    return answersOf(
      ways.map((way) => {
        const { value } = next.get(way)?.next() ?? {};
        return value ?? { fault: new Error("a charge has no outcome") };
      }),
    );
  };
}

/** A request that spends on its own meters only, if there is no other. */
function loneSpend(requests: readonly ChargeRequest[]): ChargeRequest | undefined {
  const [only] = requests;
  return only !== undefined && requests.length === 1 && only.shared === undefined && only.units > 0 ? only : undefined;
}

type Way = "spend" | "spendInTurn" | "tell";

const WAYS: readonly Way[] = ["spend", "spendInTurn", "tell"];

function waysOf(requests: readonly ChargeRequest[]): readonly Way[] {
  if (requests.every(({ units }) => units === 0)) return requests.map(() => "tell");
  const times = new Map<string, number>();
  for (const { keyId } of requests) times.set(keyId, (times.get(keyId) ?? 0) + 1);
  return requests.map(({ keyId, shared, units }) => {
    if (shared !== undefined || times.get(keyId) !== 1) return "spendInTurn";
    return units === 0 ? "tell" : "spend";
  });
}
