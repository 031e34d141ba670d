import { ClavigerError, type Store } from "@claviger/core";
import type { Keyring } from "claviger";
import fc from "fast-check";
import { keyringOver } from "../processes/caller.js";
import type { Suite } from "../suite.js";
import { type FaultPlan, faultPlans } from "./fault.js";
import { withFaults } from "./with-faults.js";

/** One store, reached by a process whose line to it is faulty, and by one whose line is sound. */
export interface FaultyWorld {
  readonly store: Store;
  readonly line: Store;
  readonly sound: Keyring;
  readonly faulty: Keyring;
  /** Resolves when nothing of the faulty process is on its way any more. */
  settle(): Promise<void>;
}

/** Declares a test that plays the scenario under faults of every kind. A failure prints the plan, and the seed. */
export function underFaults<Drawn>(
  { it, createStore }: Suite,
  title: string,
  drawn: fc.Arbitrary<Drawn>,
  play: (world: FaultyWorld, drawn: Drawn) => Promise<void>,
): void {
  it(title, async () => {
    const store = await createStore();
    await fc.assert(
      fc.asyncProperty(faultPlans, drawn, async (plan, value) => {
        const { world, end } = openWorld(store, plan);
        await play(world, value).finally(end);
      }),
    );
  });
}

interface OpenWorld {
  readonly world: FaultyWorld;
  /** Settles it, and closes its keyrings. */
  readonly end: () => Promise<void>;
}

function openWorld(store: Store, plan: FaultPlan): OpenWorld {
  // It is closed when the test is over, and not with a line to it, nor with a keyring.
  const kept: Store = { ...store, close: async () => {} };
  const line = withFaults(kept, plan);
  const [sound, faulty] = [keyringOver(kept), keyringOver(line)];
  async function settle(): Promise<void> {
    // What a fault keeps from being written is what the scenario is about.
    await outcomeOf(faulty.flush());
    await line.close();
  }
  async function end(): Promise<void> {
    await settle();
    for (const keyring of [faulty, sound]) await outcomeOf(keyring.close());
  }
  return { world: { store, line, sound, faulty, settle }, end };
}

/** What became of an act: "ok", or the code of the refusal; "store_unavailable" where a fault kept that from the caller. */
export async function outcomeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
    return "ok";
  } catch (error) {
    if (error instanceof ClavigerError) return error.code;
    throw error;
  }
}

/** As {@link outcomeOf}, for what a token is told: the code of the denial, too. */
export async function verdictOf(keyring: Keyring, token: string, scopes: readonly string[] = []): Promise<string> {
  try {
    const verdict = await keyring.verify(token, { scopes });
    return verdict.ok ? "ok" : verdict.code;
  } catch (error) {
    if (error instanceof ClavigerError) return error.code;
    throw error;
  }
}

/** More than a plan can make fail. */
const ATTEMPTS = 60;

/**
 * Does an act again until something came of it, as a caller must who was told that the store is unavailable; should
 * the process die, another one does.
 */
export async function insist(world: FaultyWorld, act: (keyring: Keyring) => Promise<unknown>): Promise<string> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const outcome = await outcomeOf(act(world.faulty));
    if (outcome !== "store_unavailable") return outcome;
  }
  return outcomeOf(act(world.sound));
}
