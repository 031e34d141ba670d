import type { LimitInput, Store } from "@claviger/core";
import { createKeyring, type Keyring, type Verdict } from "claviger";

export const LIMIT = 100;

/** A limit of a hundred, by each way of counting; their windows outlast every test. */
export const LIMITS: Readonly<Record<"fixed window" | "quota" | "credits" | "gcra", LimitInput>> = {
  "fixed window": { name: "all", kind: "rate", limit: LIMIT, per: "365d", algorithm: "fixed" },
  quota: { name: "all", kind: "quota", limit: LIMIT, refill: "365d" },
  credits: { name: "all", kind: "credits", limit: LIMIT },
  // Refills one unit in three days and more: none within a test.
  gcra: { name: "all", kind: "rate", limit: LIMIT, per: "365d" },
};

export function openKeyring(store: Store): Keyring<string> {
  return createKeyring({ store, prefix: "acme_test", usage: false });
}

/** So many verifies at once of tokens by turns. @returns how many of them were admitted, and what was said */
export async function verifyAtOnce(
  keyring: Keyring<string>,
  tokens: readonly string[],
  times: number,
  cost = 1,
): Promise<{ readonly admitted: number; readonly verdicts: readonly Verdict<string>[] }> {
  const verdicts = await Promise.all(
    Array.from({ length: times }, (_, index) => keyring.verify(tokens[index % tokens.length], { cost })),
  );
  return { admitted: verdicts.filter(({ ok }) => ok).length, verdicts };
}
