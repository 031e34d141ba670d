import { type Charge, type ChargeRequest, type ChargeResult, chargeResult, resultOfUnits } from "@claviger/core";
import { type Folded, Place } from "./ask-folded.js";
import { spendsAlike } from "./spends-alike.js";

/** A request, and the caller's clock that its charges were prepared by. A class: see `plainMaker` of core. */
export class ChargeAsk {
  readonly request: ChargeRequest;
  /** Epoch ms. */
  readonly nowMs: number;

  constructor(request: ChargeRequest, nowMs: number) {
    this.request = request;
    this.nowMs = nowMs;
  }
}

export interface FoldedCharges extends Folded<ChargeRequest, ChargeResult> {
  /** Of the latest ask, epoch ms: when all are charged. */
  readonly nowMs: number;
}

/** Asks that spend alike. A class, too. */
class Fold {
  /** Its place among the requests. */
  readonly index: number;
  latest: ChargeAsk;
  units = 0;

  constructor(index: number, first: ChargeAsk) {
    this.index = index;
    this.latest = first;
  }
}

const US_PER_MS = 1000;

/**
 * Makes one request of all that spend alike on one key, with the charges of the latest: nothing is charged before it was
 * asked for, and a moment's wait costs no client the room that has been refilled meanwhile.
 */
export function foldCharges(asks: readonly ChargeAsk[]): FoldedCharges {
  const nowMs = asks.reduce((latest, ask) => Math.max(latest, ask.nowMs), 0);
  const folds: Fold[] = [];
  const ofKey = new Map<string, Fold[]>();

  function foldFor(ask: ChargeAsk): Fold {
    const { keyId } = ask.request;
    const known = ofKey.get(keyId) ?? [];
    const alike = known.find(({ latest }) => spendsAlike(latest, ask));
    if (alike !== undefined) return alike;
    const fold = new Fold(folds.length, ask);
    folds.push(fold);
    ofKey.set(keyId, [...known, fold]);
    return fold;
  }

  const places = asks.map((ask) => {
    const fold = foldFor(ask);
    const first = fold.units;
    fold.units += ask.request.units;
    if (ask.nowMs > fold.latest.nowMs) fold.latest = ask;
    return new Place<ChargeResult>(fold.index, (result) => partOf(result, fold, first, ask, nowMs));
  });
  return { requests: folds.map(({ latest, units }) => ({ ...latest.request, units })), places, nowMs };
}

// Spans count from the moment that the ask's own clock showed when it was prepared, on whichever clock the store goes by.
function partOf(result: ChargeResult, fold: Fold, first: number, ask: ChargeAsk, nowMs: number): ChargeResult {
  const charges = allCharges(ask.request);
  // What is no sound answer goes on as it came, to be refused by who checks what stores answer.
  if (!isTold(result, fold.units, charges.length)) return result;
  const { admitted, meters, nowUs } = resultOfUnits(charges, result, first, ask.request.units);
  return chargeResult(admitted, meters, nowUs - (nowMs - ask.nowMs) * US_PER_MS);
}

function allCharges({ charges, shared }: ChargeRequest): readonly Charge[] {
  return shared === undefined ? charges : [...charges, ...shared.ofOwner, ...shared.ofTenant];
}

function isTold(result: ChargeResult | null | undefined, units: number, meters: number): boolean {
  return (
    Number.isSafeInteger(result?.admitted) &&
    Number(result?.admitted) <= units &&
    Array.isArray(result?.meters) &&
    result.meters.length === meters
  );
}
