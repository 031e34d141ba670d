import type { Act, Answer } from "../processes/act.js";
import { formerKeyring } from "../processes/caller.js";
import { freshTenant } from "../samples.js";
import { AT_ONCE, type Course, callerAt } from "./race.js";

/** A key in a race, of a tenant of its own. */
export interface Runner {
  readonly tenant: string;
  readonly id: string;
  readonly token: string;
}

/** Issues a key whose digest is under the former pepper, so that every caller's first verify rehashes it. */
export async function issueRunner({ store }: Course): Promise<Runner> {
  const tenant = freshTenant();
  const { key, token } = await formerKeyring(store).tenant(tenant).create({ owner: "owner", name: "A runner" });
  return { tenant, id: key.id, token };
}

/** Does the acts all at once, each by the next caller in turn. */
export function atOnce<Given extends Act>(course: Course, acts: readonly Given[]): Promise<readonly Done<Given>[]> {
  return Promise.all(acts.map(async (act, index) => ({ act, answer: await callerAt(course, index)(act) })));
}

/** An act and what became of it. */
export interface Done<Given extends Act = Act> {
  readonly act: Given;
  readonly answer: Answer;
}

/** So many acts as a race has at once, of the kinds given, by turns: none has the first go. */
export function byTurns<Kinds extends readonly ((index: number) => Act)[]>(
  ...kinds: Kinds
): readonly ReturnType<Kinds[number]>[];
export function byTurns(...kinds: readonly ((index: number) => Act)[]): readonly Act[] {
  return Array.from({ length: AT_ONCE }, (_, index) => kinds[index % kinds.length]?.(index)).filter(
    (act) => act !== undefined,
  );
}

/** Waits for the rehashes that verifies have begun. */
export async function settle({ callers }: Course): Promise<void> {
  await Promise.all(callers.map((caller) => caller({ verb: "settle" })));
}

/** How the acts of one verb came out, each outcome with its number. */
export function outcomes(done: readonly Done[], verb: Act["verb"]): { readonly [outcome: string]: number } {
  const counts: { [outcome: string]: number } = {};
  for (const { act, answer } of done) {
    if (act.verb === verb) counts[answer.outcome] = (counts[answer.outcome] ?? 0) + 1;
  }
  return counts;
}

/** Work that is awaited after something else, which may fail first: then nobody is left to hear of its own failure. */
export function awaitedLater<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
