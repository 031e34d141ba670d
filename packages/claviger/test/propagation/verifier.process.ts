import { setImmediate } from "node:timers/promises";
import { postgresStore } from "@claviger/postgres";
import { answerParent } from "@claviger/testing/forked";
import pg from "pg";
import { createKeyring } from "../../src/create-keyring.js";
import { PEPPER } from "./pepper.js";

/** How a process verifies. */
export interface VerifierOptions {
  readonly url: string;
  /** Where its listener connects; absent: it has none. */
  readonly listenUrl?: string;
  /** Absent: no cache. */
  readonly maxStaleMs?: number;
  /** How far its clock is off. */
  readonly clockOffsetMs: number;
}

export type Question =
  /** Verify all of them in turn, again and again. Answered once each has verified. */
  | { readonly kind: "watch"; readonly tokens: readonly string[] }
  /** Lose the listener's connection, and get no other. */
  | { readonly kind: "cut" }
  /** Answered once all are refused. */
  | { readonly kind: "last" };

/** By token: when the last verify that admitted it began, in ns of the machine's monotonic clock, as decimal text. */
export type Answer = { readonly [token: string]: string };

answerParent<VerifierOptions, Question, Answer>(async ({ url, listenUrl, maxStaleMs, clockOffsetMs }) => {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  const listeners = new Set<pg.Client>();
  let isCut = false;
  const listen = async (): Promise<pg.Client & { release(): void }> => {
    if (isCut) throw new Error("the line is cut");
    const client = new pg.Client({ connectionString: listenUrl });
    listeners.add(client);
    await client.connect();
    return Object.assign(client, { release: () => void client.end() });
  };
  const keyring = createKeyring({
    store: postgresStore({ client: pool, ...(listenUrl !== undefined && { listen }) }),
    prefix: "acme_live",
    peppers: [PEPPER],
    ...(maxStaleMs !== undefined && { cache: { maxStaleMs, maxEntries: 10_000 } }),
    ...(clockOffsetMs !== 0 && { clock: () => Date.now() + clockOffsetMs }),
  });

  const lastAdmitted = new Map<string, bigint>();
  let watching: Promise<void> | undefined;

  async function watch(tokens: readonly string[], allVerified: () => void): Promise<void> {
    const admitted = new Set(tokens);
    while (admitted.size > 0) {
      for (const token of admitted) {
        const began = process.hrtime.bigint();
        if ((await keyring.verify(token)).ok) lastAdmitted.set(token, began);
        else admitted.delete(token);
      }
      allVerified();
      await setImmediate();
    }
  }

  return async (question) => {
    switch (question.kind) {
      case "watch":
        await new Promise<void>((resolve) => {
          watching = watch(question.tokens, resolve);
        });
        return {};
      case "cut":
        isCut = true;
        await Promise.all([...listeners].map((client) => client.end()));
        return {};
      case "last":
        await watching;
        return Object.fromEntries([...lastAdmitted].map(([token, at]) => [token, String(at)]));
    }
  };
});
