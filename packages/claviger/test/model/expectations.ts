import { type ApiKey, ClavigerError } from "@claviger/core";
import type { FakeClock } from "@claviger/testing";
import { expect } from "vitest";
import { type Book, chosen, type Entry, type Real } from "./book.js";
import { livingFormer, type Outcome, statusOf, verify } from "./model.js";

/** The act ends as the model says. */
export async function expectOutcome(
  predicted: Outcome,
  entry: Entry,
  clock: FakeClock,
  run: () => Promise<ApiKey | undefined>,
): Promise<void> {
  if (predicted === "changed" || predicted === "nothing") {
    const shown = await run();
    if (shown !== undefined) expectShown(shown, entry, clock.now());
    return;
  }
  const error = await run().then(
    () => new Error(`it succeeded, but should have been ${predicted}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ClavigerError)) throw error;
  expect(error.code).toBe(predicted);
  expectNoSecret(error.message + JSON.stringify(error), entry);
}

/** The key as people see it: as the model has it, frozen, and without a secret. */
export function expectShown(shown: ApiKey, entry: Entry, now: number): void {
  const { version, name, scopes, expiresAt, notBefore } = entry.key;
  const status = statusOf(entry.key, now);
  const former = status === "revoked" || status === "compromised" ? null : livingFormer(entry.key, now);
  expect(shown).toMatchObject({
    id: entry.id,
    status,
    version,
    name,
    scopes,
    expiresAt,
    notBefore,
  });
  expect(shown.rotation?.endsAt).toBe(former?.endsAt);
  expect(isFrozenThroughout(shown)).toBe(true);
  expectNoSecret(JSON.stringify(shown), entry);
}

function expectNoSecret(text: string, { tokens }: Entry): void {
  for (const token of tokens) expect(text).not.toContain(token.slice(-38, -6));
  expect(text).not.toMatch(/[0-9a-f]{64}/);
}

function isFrozenThroughout(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isFrozenThroughout);
}

/** Promise 2, at the end of a story: every token that was ever handed out gets the verdict of the model. */
export async function expectFinalVerdicts({ keys }: Book, { keyrings, clock }: Real): Promise<void> {
  for (const { key, tokens, id } of keys) {
    for (const token of tokens) {
      const predicted = verify(key, token, undefined, clock.now());
      const verdict = await chosen(keyrings, 0).verify(token);
      expect(verdict.ok ? "ok" : verdict.code).toBe(predicted);
    }
    if (key.state === "destroyed")
      await expect(chosen(keyrings, 1).get(id)).rejects.toMatchObject({ code: "not_found" });
  }
}
