import type { ChargeResult, FoundCharge, StoreCapabilities } from "@claviger/core";
import { answersOf, askApart, type Outcome } from "../client/ask-apart.js";
import type { Database } from "../client/database.js";
import type { RowVersion, RowVersions } from "../keys/row-versions.js";
import type { Tables } from "../schema/tables.js";
import { prepareSpendOnRows } from "./spend-on-rows.js";

/** A request that one statement can answer, and its place among all. A class: see `plainMaker` of core. */
class Askable {
  readonly request: FoundCharge;
  readonly version: RowVersion;
  readonly place: number;

  constructor(request: FoundCharge, version: RowVersion, place: number) {
    this.request = request;
    this.version = version;
    this.place = place;
  }
}

const UNCHARGED: Outcome<null> = { answer: null };

/**
 * Charges of unchanged keys, in one statement for all; of what comes several times for a key, in as many, one after the
 * other. A key without a row of meters goes uncharged.
 */
export function prepareConsumeIfUnchanged(
  database: Database,
  tables: Tables,
  meterClock: StoreCapabilities["meterClock"],
  versions: RowVersions,
): (requests: readonly FoundCharge[], nowMs: number) => Promise<readonly (ChargeResult | null)[]> {
  const spend = prepareSpendOnRows("unchanged", database, tables, meterClock);

  return async (requests, nowMs) => {
    const outcomes: Outcome<ChargeResult | null>[] = requests.map(() => UNCHARGED);
    for (const round of roundsOf(requests, versions)) {
      const told = await askApart(round, (some) =>
        spend(
          some.map(({ request }) => request),
          nowMs,
          some.map(({ version }) => version),
        ),
      );
      for (const [index, { place }] of round.entries()) {
        const outcome = told[index] ?? UNCHARGED;
        outcomes[place] = "answer" in outcome ? { answer: outcome.answer ?? null } : outcome;
      }
    }
    return answersOf(outcomes);
  };
}

/** What a statement can answer, each key once in a round. */
function roundsOf(requests: readonly FoundCharge[], versions: RowVersions): readonly (readonly Askable[])[] {
  const times = new Map<string, number>();
  const rounds: Askable[][] = [];
  for (const [place, request] of requests.entries()) {
    const { keyId, asFound } = request;
    const version = asFound.id === keyId ? versions.of(asFound) : undefined;
    if (version === undefined) continue;
    const round = times.get(keyId) ?? 0;
    times.set(keyId, round + 1);
    const askable = new Askable(request, version, place);
    if (rounds[round]?.push(askable) === undefined) rounds.push([askable]);
  }
  return rounds;
}
