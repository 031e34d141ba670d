import type { Accepted, ChargeRequest, ChargeResult } from "@claviger/core";
import type { Shell } from "../shell.js";

/** What a verify has spent. A class: see `plainMaker` of core. */
export class Spend {
  /** Whose verify it was. */
  readonly by: Shell;
  readonly request: ChargeRequest;
  readonly result: ChargeResult;
  isTakenBack = false;

  constructor(by: Shell, request: ChargeRequest, result: ChargeResult) {
    this.by = by;
    this.request = request;
    this.result = result;
  }
}

class Same {
  constructor(value: object) {
    // biome-ignore lint/correctness/noConstructorReturn: what is constructed is the verdict itself, so that it gets the private member.
    return value;
  }
}

// A private member of the verdict itself, which nobody sees, copies or forges: all that an entry in a WeakMap is, but that an
// entry for a fresh object costs more than the rest of a verify together, and this costs nothing.
class Spent extends Same {
  readonly #spend: Spend;

  constructor(verdict: Accepted, spend: Spend) {
    super(verdict);
    this.#spend = spend;
  }

  static of(value: object): Spend | undefined {
    return #spend in value ? value.#spend : undefined;
  }
}

/** Keeps with a verdict what it has spent. @returns the verdict */
export function withSpend<Verdict extends Accepted>(
  verdict: Verdict,
  by: Shell,
  request: ChargeRequest,
  result: ChargeResult,
): Verdict {
  new Spent(verdict, new Spend(by, request, result));
  return verdict;
}

/** What a verdict has spent; undefined: it spent nothing, or no verify of this process gave it. */
export function spendOf(verdict: unknown): Spend | undefined {
  return typeof verdict === "object" && verdict !== null ? Spent.of(verdict) : undefined;
}
