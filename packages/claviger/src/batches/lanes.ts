import { onceATurn } from "./once-a-turn.js";
import { isPartialFault } from "./partial-fault.js";
import { TICK_MS, type Ticker } from "./ticker.js";
import { createWaitingRoom, MAX_WAITING } from "./waiting-room.js";

/** So many calls of one kind are under way at most: one that hangs leaves the others a way. */
export const LANES = 4;
/** So many go together at most. */
export const MAX_BATCH = 100;
/** So long may a call take from its arrival on; it fails within a tick after that. */
export const DEADLINE_MS = 5_000;

const DEADLINE_TICKS = DEADLINE_MS / TICK_MS;

/** Calls of one kind to a store. */
export interface Lanes<Ask, Answer> {
  /**
   * Goes out at once where nothing is under way; else with all that come in the same turn of the event loop, or as long
   * as no lane is free.
   *
   * @returns the one answer, in an array as the store gives it
   * @throws whatever the store threw; an Error where it took longer than {@link DEADLINE_MS}, or too many wait
   */
  call(ask: Ask): Promise<readonly Answer[]>;
  /** Resolves when nobody waits and nothing is under way. */
  idle(): Promise<void>;
}

export interface LanesTerms<Ask, Answer> {
  /** @returns one answer an ask, in order; to a single ask whatever the store gave. May throw a `PartialFault` */
  readonly send: (asks: readonly Ask[]) => Promise<readonly Answer[]>;
  /** Whether what failed together may be sent again, each alone. */
  readonly isRepeatable: boolean;
  /**
   * What an ask holds while it is under way, and others wait for: two that hold the same go together or one after the
   * other. Absent: nothing.
   */
  readonly holds?: (ask: Ask) => string;
  readonly ticker: Ticker;
}

interface Call<Ask, Answer> {
  readonly ask: Ask;
  /** By the ticker. */
  readonly arrivedAt: number;
  readonly resolve: (answers: readonly Answer[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 *     call ──▶ nothing is under way ───────▶ under way ──▶ answered, or failed
 *         └──▶ waits ────up to MAX_BATCH────▶   │
 *              comes back ◀─ where repeatable ──┘ failed together
 *                └────────── alone ─────────▶ under way
 *
 * What is under way answers many at a time, and they come with their next calls in one turn. Were the first of those to
 * fill the lanes one by one, the rest had to wait for them.
 *
 * From a failure until the next answer nothing goes together: a database that is gone is not to be asked for a batch
 * first, and for each of its members then.
 */
export function createLanes<Ask, Answer>({
  send,
  isRepeatable,
  holds,
  ticker,
}: LanesTerms<Ask, Answer>): Lanes<Ask, Answer> {
  type Batch = readonly Call<Ask, Answer>[];
  const underWay: Batch[] = [];
  const room = createWaitingRoom<Call<Ask, Answer>>();
  const whenIdle: (() => void)[] = [];
  const leaveThisTurn = onceATurn(leave);
  let isFailing = false;

  function depart(batch: Batch, asks: readonly Ask[]): void {
    underWay.push(batch);
    attempt(send, asks).then(
      (answers) => remove(underWay, batch) && land(batch, answers),
      (error: unknown) => remove(underWay, batch) && fail(batch, error),
    );
  }

  function land(batch: Batch, answers: readonly Answer[]): void {
    isFailing = false;
    if (batch.length === 1) batch[0]?.resolve(answers);
    else for (const [index, { resolve }] of batch.entries()) resolve(answers.slice(index, index + 1));
    goOn();
  }

  function fail(batch: Batch, error: unknown): void {
    const partial = isPartialFault<Answer>(error, batch.length) ? error : undefined;
    isFailing = partial === undefined;
    for (const [index, call] of batch.entries()) {
      const answer = partial?.answers[index];
      if (answer !== undefined) call.resolve([answer]);
      else if (isRepeatable && batch.length > 1 && isInTime(call)) room.comeBack(call);
      else call.reject(partial?.cause ?? error);
    }
    goOn();
  }

  function goOn(): void {
    if (!room.isEmpty()) leaveThisTurn();
    else if (underWay.length === 0) for (const resolve of whenIdle.splice(0)) resolve();
  }

  function leave(): void {
    while (underWay.length < LANES && !room.isEmpty()) {
      const held = new Set(holds && underWay.flat().map(({ ask }) => holds(ask)));
      const batch = room.leave(isFailing ? 1 : MAX_BATCH, ({ ask }) => !holds || !held.has(holds(ask)));
      if (batch.length === 0) return;
      depart(
        batch,
        batch.map(({ ask }) => ask),
      );
    }
  }

  function isIdle(): boolean {
    return underWay.length === 0 && room.isEmpty();
  }

  function isInTime({ arrivedAt }: Call<Ask, Answer>): boolean {
    return ticker.ticks() - arrivedAt <= DEADLINE_TICKS;
  }

  ticker.onTick(() => {
    const overdue = [...room.keepOnly(isInTime), ...underWay.flat().filter((call) => !isInTime(call))];
    if (overdue.length > 0) {
      const error = new Error(`the store gave no answer within ${DEADLINE_MS} ms`);
      for (const { reject } of overdue) reject(error);
      for (const batch of [...underWay]) if (!batch.some(isInTime)) remove(underWay, batch);
      goOn();
    }
    return !isIdle();
  });

  return {
    call: (ask) =>
      new Promise((resolve, reject) => {
        ticker.wake();
        const call = { ask, arrivedAt: ticker.ticks(), resolve, reject };
        if (isIdle()) return depart([call], [ask]);
        if (room.isFull()) return reject(new Error(`${MAX_WAITING} calls wait for the store already`));
        room.enter(call);
        if (underWay.length < LANES) leaveThisTurn();
      }),
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => void whenIdle.push(resolve))),
  };
}

/** As a promise, however the store answers or throws. */
function attempt<Given, Result>(work: (given: Given) => Promise<Result>, given: Given): Promise<Result> {
  try {
    return Promise.resolve(work(given));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** @returns whether it was there: a batch that is not has been given up, and its lane is another's */
function remove<Batch>(batches: Batch[], batch: Batch): boolean {
  const index = batches.indexOf(batch);
  if (index === -1) return false;
  const last = batches.pop();
  if (last !== undefined && last !== batch) batches[index] = last;
  return true;
}
