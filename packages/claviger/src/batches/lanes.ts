import { attempt } from "../attempt.js";
import { Call } from "./call.js";
import { inOwnContext } from "./in-own-context.js";
import type { Landing } from "./landing.js";
import { onceATurn } from "./once-a-turn.js";
import { isPartialFault } from "./partial-fault.js";
import { hasFreeLane, MAX_BATCH, portionOf } from "./portions.js";
import { TICK_MS, type Ticker } from "./ticker.js";
import { createUnderWay, type UnderWay } from "./under-way.js";
import { createWaitingRoom, MAX_WAITING, type WaitingRoom } from "./waiting-room.js";

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
  /** What an ask is about: those that wait and are about the same go together. */
  readonly subjectOf: (ask: Ask) => string;
  /** Whether an ask waits while another about the same is under way. */
  readonly isExclusive: boolean;
  readonly ticker: Ticker;
  readonly landing: Landing;
}

/**
 *     call ──▶ nothing is under way ───────▶ under way ──▶ answered, or failed
 *         └──▶ waits ─────in portions──────▶    │
 *              comes back ◀─ where repeatable ──┘ failed together
 *                └────────── alone ─────────▶ under way
 *
 * From a failure until the next answer nothing goes together: a database that is gone is not to be asked for a batch
 * first, and for each of its members then.
 */
export function createLanes<Ask, Answer>({
  send,
  isRepeatable,
  subjectOf,
  isExclusive,
  ticker,
  landing,
}: LanesTerms<Ask, Answer>): Lanes<Ask, Answer> {
  const underWay = createUnderWay<Call<Ask, Answer>>(ticker);
  const room = createWaitingRoom<Call<Ask, Answer>>();
  const whenIdle: (() => void)[] = [];
  const leaveThisTurn = onceATurn(leave);
  const leaveNow = inOwnContext(leave);
  let isFailing = false;

  function depart(calls: readonly Call<Ask, Answer>[]): void {
    const batch = underWay.add(calls);
    attempt(() => send(calls.map(({ ask }) => ask))).then(
      (answers) => underWay.remove(batch) && land(calls, answers),
      (error: unknown) => underWay.remove(batch) && fail(calls, error),
    );
  }

  function land(calls: readonly Call<Ask, Answer>[], answers: readonly Answer[]): void {
    isFailing = false;
    // A whole portion waits already and leaves first: the store has work while these callers do theirs.
    if (room.size() >= calls.length) leaveNow();
    if (calls.length === 1) calls[0]?.resolve(answers);
    else {
      landing.begin();
      for (const [index, { resolve }] of calls.entries()) resolve(answers.slice(index, index + 1));
    }
    goOn();
  }

  function fail(calls: readonly Call<Ask, Answer>[], error: unknown): void {
    const partial = isPartialFault<Answer>(error, calls.length) ? error : undefined;
    isFailing = partial === undefined;
    for (const [index, call] of calls.entries()) {
      const answer = partial?.answers[index];
      if (answer !== undefined) call.resolve([answer]);
      else if (isRepeatable && calls.length > 1 && isInTime(call)) room.comeBack(call);
      else call.reject(partial?.cause ?? error);
    }
    goOn();
  }

  function goOn(): void {
    if (room.size() > 0) leaveThisTurn();
    else if (underWay.isEmpty()) for (const resolve of whenIdle.splice(0)) resolve();
  }

  function leave(): void {
    for (let load = underWay.load(); room.size() > 0 && hasFreeLane(load); load = underWay.load()) {
      const calls = room.leave(portionOf(room.size(), load), isFailing ? 1 : MAX_BATCH, mayLeave);
      if (calls.length === 0) return;
      depart(calls);
    }
  }

  function mayLeave({ subject }: Call<Ask, Answer>): boolean {
    return !isExclusive || !underWay.isAbout(subject);
  }

  function isIdle(): boolean {
    return underWay.isEmpty() && room.size() === 0;
  }

  function isInTime({ arrivedAt }: Call<Ask, Answer>): boolean {
    return ticker.ticks() - arrivedAt <= DEADLINE_TICKS;
  }

  ticker.onTick(() => {
    failOverdue(room, underWay, isInTime);
    goOn();
    return !isIdle();
  });

  return {
    call: (ask) =>
      new Promise((resolve, reject) => {
        ticker.wake();
        const call = new Call(ask, subjectOf(ask), ticker.ticks(), resolve, reject);
        if (isIdle() && !landing.isOn()) return depart([call]);
        if (room.isFull()) return reject(new Error(`${MAX_WAITING} calls wait for the store already`));
        room.enter(call);
        if (hasFreeLane(underWay.load())) leaveThisTurn();
      }),
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => void whenIdle.push(resolve))),
  };
}

/** A batch of which nobody waits any more gives its lane to others. */
function failOverdue<Ask, Answer>(
  room: WaitingRoom<Call<Ask, Answer>>,
  underWay: UnderWay<Call<Ask, Answer>>,
  isInTime: (call: Call<Ask, Answer>) => boolean,
): void {
  const batches = underWay.batches();
  const sent = batches.flatMap(({ calls }) => calls);
  const error = new Error(`the store gave no answer within ${DEADLINE_MS} ms`);
  for (const call of [...room.keepOnly(isInTime), ...sent]) if (!isInTime(call)) call.reject(error);
  for (const batch of batches) if (!batch.calls.some(isInTime)) underWay.remove(batch);
}
