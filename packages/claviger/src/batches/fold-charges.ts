import { type Charge, type ChargeRequest, type ChargeResult, chargeResult, resultOfUnits } from "@claviger/core";
import { type Folded, Place } from "./ask-folded.js";
import { spendsAlike } from "./spends-alike.js";

/** A request, and the caller's clock that its charges were prepared by. A class: see `plainMaker` of core. */
export class ChargeAsk<Request extends ChargeRequest = ChargeRequest> {
  readonly request: Request;
  /** Epoch ms. */
  readonly nowMs: number;

  constructor(request: Request, nowMs: number) {
    this.request = request;
    this.nowMs = nowMs;
  }
}

export interface FoldedCharges<Request, Uncharged extends null> extends Folded<Request, ChargeResult | Uncharged> {
  /** Of the latest ask, epoch ms: when all are charged. */
  readonly nowMs: number;
}

/** Asks that spend alike. A class, too. */
class Fold<Request extends ChargeRequest> {
  /** Its place among the requests. */
  readonly index: number;
  latest: ChargeAsk<Request>;
  units = 0;

  constructor(index: number, first: ChargeAsk<Request>) {
    this.index = index;
    this.latest = first;
  }
}

const US_PER_MS = 1000;

/**
 * Makes one request of all that spend alike on one key, with the charges of the latest: nothing is charged before it was
 * asked for, and a moment's wait costs no client the room that has been refilled meanwhile.
 */
export function foldCharges<Request extends ChargeRequest, Uncharged extends null = never>(
  asks: readonly ChargeAsk<Request>[],
): FoldedCharges<Request, Uncharged> {
  const nowMs = asks.reduce((latest, ask) => Math.max(latest, ask.nowMs), 0);
  const folds: Fold<Request>[] = [];
  const ofKey = new Map<string, Fold<Request>[]>();

  function foldFor(ask: ChargeAsk<Request>): Fold<Request> {
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
    return new Place<ChargeResult | Uncharged>(fold.index, (result) => partOf(result, fold, first, ask, nowMs));
  });
  return { requests: folds.map(({ latest, units }) => ({ ...latest.request, units })), places, nowMs };
}

// Spans count from the moment that the ask's own clock showed when it was prepared, on whichever clock the store goes by.
function partOf<Uncharged extends null>(
  result: ChargeResult | Uncharged,
  fold: Fold<ChargeRequest>,
  first: number,
  ask: ChargeAsk,
  nowMs: number,
): ChargeResult | Uncharged {
  const charges = allCharges(ask.request);
  // What is no result goes on as it came: who checks what stores answer knows whether it is an answer.
  if (!isTold(result, fold.units, charges.length)) return result;
  const { admitted, meters, nowUs } = resultOfUnits(charges, result, first, ask.request.units);
  return chargeResult(admitted, meters, nowUs - (nowMs - ask.nowMs) * US_PER_MS);
}

function allCharges({ charges, shared }: ChargeRequest): readonly Charge[] {
  return shared === undefined ? charges : [...charges, ...shared.ofOwner, ...shared.ofTenant];
}

function isTold(result: ChargeResult | null | undefined, units: number, meters: number): result is ChargeResult {
  return (
    Number.isSafeInteger(result?.admitted) &&
    Number(result?.admitted) <= units &&
    Array.isArray(result?.meters) &&
    result.meters.length === meters
  );
}
