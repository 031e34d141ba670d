import { setImmediate as turn } from "node:timers/promises";
import { unreachable } from "@claviger/core";
import type { Fault, FaultPlan } from "./fault.js";
import { InjectedFault } from "./injected-fault.js";

/** A call of a store's method, as faults see it. */
export interface Call<Result> {
  readonly method: string;
  readonly make: () => Promise<Result>;
  /** The same as one call for each of what it is over. */
  readonly makeSplit?: () => Promise<Result>;
  /** Whether a second arrival may be: it is none where it would count again, or would be let through this time. */
  readonly echoes: (result: Result) => boolean;
}

/** The way from a process to a store. */
export interface FaultyLine {
  /** @throws InjectedFault as the next fault of the plan has it */
  send<Result>(call: Call<Result>): Promise<Result>;
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<unknown>;
}

export function createFaultyLine(plan: FaultPlan): FaultyLine {
  const faults = plan[Symbol.iterator]();
  const underWay = new Set<Promise<unknown>>();
  let throttled = 0;
  let isDead = false;

  function nextFault(): Fault {
    if (isDead) return { kind: "die" };
    if (throttled > 0) return { kind: "throttle", calls: throttled };
    const { done, value } = faults.next();
    return done ? { kind: "none" } : value;
  }

  function echo(make: () => Promise<unknown>, turns: number): void {
    const arriving: Promise<unknown> = waitTurns(turns)
      .then(make)
      .catch(() => undefined)
      .finally(() => underWay.delete(arriving));
    underWay.add(arriving);
  }

  return {
    async send(call) {
      const fault = nextFault();
      const failure = new InjectedFault(fault.kind, call.method);
      switch (fault.kind) {
        case "none":
          return call.make();
        case "delay":
          await waitTurns(fault.turns);
          if (isDead) throw failure;
          return call.make();
        case "split":
          return (call.makeSplit ?? call.make)();
        case "echo": {
          const result = await call.make();
          if (call.echoes(result)) echo(call.make, fault.turns);
          return result;
        }
        case "repeat":
          await call.make();
          return call.make();
        case "loseRequest":
          throw failure;
        case "loseReply":
          await call.make();
          throw failure;
        case "throttle":
          throttled = fault.calls - 1;
          throw failure;
        case "die":
          isDead = true;
          throw failure;
        default:
          return unreachable(fault);
      }
    },
    settled: () => Promise.all(underWay),
  };
}

async function waitTurns(turns: number): Promise<void> {
  for (let waited = 0; waited < turns; waited += 1) await turn();
}
