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
 * Charges of unchanged keys, in one statement. Each key once, on a row of its own that is there: whatever else is asked for
 * goes uncharged.
 */
export function prepareConsumeIfUnchanged(
  database: Database,
  tables: Tables,
  meterClock: StoreCapabilities["meterClock"],
  versions: RowVersions,
): (requests: readonly FoundCharge[], nowMs: number) => Promise<readonly (ChargeResult | null)[]> {
  const spend = prepareSpendOnRows("unchanged", database, tables, meterClock);

  return async (requests, nowMs) => {
    const askable = askableOf(requests, versions);
    if (askable.length === 0) return requests.map(() => null);
    const told = await askApart(askable, (some) =>
      spend(
        some.map(({ request }) => request),
        nowMs,
        some.map(({ version }) => version),
      ),
    );
    const outcomes: Outcome<ChargeResult | null>[] = requests.map(() => UNCHARGED);
    for (const [index, { place }] of askable.entries()) {
      const outcome = told[index] ?? UNCHARGED;
      outcomes[place] = "answer" in outcome ? { answer: outcome.answer ?? null } : outcome;
    }
    return answersOf(outcomes);
  };
}

function askableOf(requests: readonly FoundCharge[], versions: RowVersions): readonly Askable[] {
  const keyIds = new Set<string>();
  const askable: Askable[] = [];
  for (const [place, request] of requests.entries()) {
    const { keyId, asFound } = request;
    const version = asFound.id === keyId ? versions.of(asFound) : undefined;
    if (version === undefined || keyIds.has(keyId)) continue;
    keyIds.add(keyId);
    askable.push(new Askable(request, version, place));
  }
  return askable;
}
