import type { Store } from "@claviger/core";
import { NOW_MS } from "@claviger/store-conformance/samples";
import { ClavigerError, createKeyring, type Keyring } from "claviger";

/** So many verifies of a token, all at once. */
export interface Order {
  readonly token: string;
  readonly times: number;
  readonly cost?: number;
}

/** How often each came out: `ok`, a verdict's code, or an error's. */
export type Tally = Readonly<Record<string, number>>;

/** A keyring whose clock stands still, so that nothing refills. */
export function frozenKeyring(store: Store): Keyring {
  return createKeyring({ store, prefix: "acme_live", usage: false, clock: () => NOW_MS });
}

export async function verifyAtOnce(keyring: Keyring, { token, times, cost = 1 }: Order): Promise<Tally> {
  const verify = async (): Promise<string> => {
    try {
      const verdict = await keyring.verify(token, { cost });
      return verdict.ok ? "ok" : verdict.code;
    } catch (error) {
      return error instanceof ClavigerError ? error.code : String(error);
    }
  };
  return tallyOf(await Promise.all(Array.from({ length: times }, verify)));
}

function tallyOf(outcomes: readonly string[]): Tally {
  const tally: Record<string, number> = {};
  for (const outcome of outcomes) tally[outcome] = (tally[outcome] ?? 0) + 1;
  return tally;
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum: Record<string, number> = {};
  for (const [outcome, times] of tallies.flatMap((tally) => Object.entries(tally)))
    sum[outcome] = (sum[outcome] ?? 0) + times;
  return sum;
}
