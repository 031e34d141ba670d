import { PartialFault } from "@claviger/core";
import { codeOf } from "./fault.js";

/** What came of one of several items that were asked about at once. */
export type Outcome<Answer> = { readonly answer: Answer } | { readonly fault: unknown };

/**
 * Classes of SQLSTATE of what one item may do to the statement that it shares with others: its data (22), a constraint
 * (23), a limit of the server's (54), a damaged row (XX). Each says that nothing of the statement happened. Whatever else
 * PostgreSQL refuses, it refuses to all, and what a lost connection leaves open nobody may ask again.
 */
const CLASSES_OF_ITEMS: readonly string[] = ["22", "23", "54", "XX"];

/**
 * Asks about several items at once, and, where one of them may have spoilt it for all, about each half by itself, and so
 * on: who asked for one is not to suffer for another. Never rejects.
 *
 * @param ask one statement: it either did all, or nothing where it fails by one of {@link CLASSES_OF_ITEMS}
 * @returns one outcome an item, in the order given
 */
export async function askApart<Item, Answer>(
  items: readonly Item[],
  ask: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<readonly Outcome<Answer>[]> {
  try {
    return (await ask(items)).map((answer) => ({ answer }));
  } catch (fault) {
    if (items.length < 2 || !isOfAnItem(fault)) return items.map(() => ({ fault }));
    const half = Math.ceil(items.length / 2);
    const halves = [items.slice(0, half), items.slice(half)];
    const outcomes: Outcome<Answer>[] = [];
    for (const each of halves) outcomes.push(...(await askApart(each, ask)));
    return outcomes;
  }
}

/**
 * @returns the answers, where there are all
 * @throws PartialFault where some are missing; the first fault where all are
 */
export function answersOf<Answer>(outcomes: readonly Outcome<Answer>[]): readonly Answer[] {
  const answers: Answer[] = [];
  let first: { readonly fault: unknown } | undefined;
  for (const outcome of outcomes) {
    if ("answer" in outcome) answers.push(outcome.answer);
    else first ??= outcome;
  }
  if (first === undefined) return answers;
  if (answers.length === 0) throw first.fault;
  throw new PartialFault(
    outcomes.map((outcome) => ("answer" in outcome ? outcome.answer : undefined)),
    first.fault,
  );
}

function isOfAnItem(fault: unknown): boolean {
  return CLASSES_OF_ITEMS.includes(codeOf(fault)?.slice(0, 2) ?? "");
}
