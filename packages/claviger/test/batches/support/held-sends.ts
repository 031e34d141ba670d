/** What was sent, and is answered by the test. */
export interface HeldSend<Ask, Answer> {
  readonly asks: readonly Ask[];
  answer(answers: readonly Answer[]): void;
  fail(error: unknown): void;
}

/** A way to a store on which everything stays under way until the test says what comes back. */
export interface HeldSends<Ask, Answer> {
  readonly send: (asks: readonly Ask[]) => Promise<readonly Answer[]>;
  /** In the order sent. */
  readonly sends: readonly HeldSend<Ask, Answer>[];
  /** The asks of each. */
  asked(): readonly (readonly Ask[])[];
}

export function heldSends<Ask, Answer>(): HeldSends<Ask, Answer> {
  const sends: HeldSend<Ask, Answer>[] = [];
  return {
    sends,
    asked: () => sends.map(({ asks }) => asks),
    send: (asks) => new Promise((resolve, reject) => void sends.push({ asks, answer: resolve, fail: reject })),
  };
}

/** Waits until all that follows from what has happened has happened: to go on, calls take the end of a turn. */
export async function turn(): Promise<void> {
  for (let ends = 0; ends < 2; ends += 1) await new Promise((resolve) => setImmediate(resolve));
}
