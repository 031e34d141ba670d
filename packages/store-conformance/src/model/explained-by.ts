import { isDeepStrictEqual } from "node:util";
import { type ModelStore, modelStore } from "./model-store.js";
import type { Came } from "./port-call.js";

/** A call that was made, maybe while others were under way. */
export interface Recorded {
  /** The calls that had been answered before it was made. */
  readonly predecessors: readonly Recorded[];
  isDone: boolean;
  came?: Came;
}

/**
 * Whether there is an order of the calls, one after the other, each after its predecessors, in which the model gives
 * every one of the answers: linearizability (Herlihy and Wing, 1990). Tries them all; few calls overlap.
 */
export function explainedBy(calls: readonly Recorded[]): boolean {
  return continues([], calls);
}

function continues(told: readonly Recorded[], left: readonly Recorded[]): boolean {
  if (left.length === 0) return true;
  return left.some((next) => {
    const waits = next.predecessors.some((before) => left.includes(before));
    if (waits || !agrees(afterwards(told), next)) return false;
    return continues(
      [...told, next],
      left.filter((call) => call !== next),
    );
  });
}

function agrees(model: ModelStore, { came }: Recorded): boolean {
  return came !== undefined && isDeepStrictEqual(came.actual, came.expected(model));
}

function afterwards(told: readonly Recorded[]): ModelStore {
  const model = modelStore();
  for (const { came } of told) came?.expected(model);
  return model;
}
