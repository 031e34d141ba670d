import { setTimeout } from "node:timers/promises";
import { postgresStore } from "@claviger/postgres";
import { type Forked, forkModule } from "@claviger/testing";
import type pg from "pg";
import { createKeyring } from "../../src/create-keyring.js";
import { PEPPER } from "./pepper.js";
import type { Answer, Question, VerifierOptions } from "./verifier.process.js";

const NS_PER_MS = 1e6;
/** Revocations come apart, so that they do not fall into one sweep of the caches. */
const APART_MS = 10;

export interface Propagation {
  /** Of each revocation: how long after it resolved the last verify began that some process admitted, ms; 0: none did. */
  readonly delaysMs: readonly number[];
}

/**
 * Revokes keys in this process while others verify them all the time.
 *
 * @param verifiers the processes; each must have verified every key before the first revocation
 * @param cut whether they lose their listeners before
 */
export async function measurePropagation(
  pool: pg.Pool,
  verifiers: readonly VerifierOptions[],
  { trials, cut = false }: { readonly trials: number; readonly cut?: boolean },
): Promise<Propagation> {
  const keyring = createKeyring({ store: postgresStore({ client: pool }), prefix: "acme_live", peppers: [PEPPER] });
  const issued = await Promise.all(
    Array.from({ length: trials }, (_, index) => keyring.create({ owner: `owner ${index}`, name: "A key" })),
  );
  const processes = await Promise.all(verifiers.map(openVerifier));
  try {
    await Promise.all(processes.map((each) => each.ask({ kind: "watch", tokens: issued.map(({ token }) => token) })));
    if (cut) await Promise.all(processes.map((each) => each.ask({ kind: "cut" })));
    const revokedAt = new Map<string, bigint>();
    for (const { key, token } of issued) {
      await keyring.revoke(key.id);
      revokedAt.set(token, process.hrtime.bigint());
      await setTimeout(APART_MS);
    }
    const lasts = await Promise.all(processes.map((each) => each.ask({ kind: "last" })));
    const delaysMs = issued.map(({ token }) =>
      Math.max(0, ...lasts.map((last) => Number(BigInt(last[token] ?? 0) - (revokedAt.get(token) ?? 0n)) / NS_PER_MS)),
    );
    return { delaysMs };
  } finally {
    await Promise.all(processes.map((each) => each.kill()));
  }
}

function openVerifier(options: VerifierOptions): Promise<Forked<Question, Answer>> {
  return forkModule(new URL("./verifier.process.ts", import.meta.url), options);
}
