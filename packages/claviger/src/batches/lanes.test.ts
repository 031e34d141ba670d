import { AsyncLocalStorage } from "node:async_hooks";
import { PartialFault } from "@claviger/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type HeldSends, heldSends, turn } from "../../test/batches/support/held-sends.js";
import { createLanding } from "./landing.js";
import { createLanes, DEADLINE_MS, type Lanes, type LanesTerms } from "./lanes.js";
import { LANES, MAX_BATCH } from "./portions.js";
import { createTicker, TICK_MS } from "./ticker.js";
import { MAX_WAITING } from "./waiting-room.js";

const NO_ANSWER = `the store gave no answer within ${DEADLINE_MS} ms`;

let held: HeldSends<number, string>;
let lanes: Lanes<number, string>;

function termsOf(send: LanesTerms<number, string>["send"]): LanesTerms<number, string> {
  return {
    send,
    isRepeatable: true,
    subjectOf: String,
    isExclusive: false,
    ticker: createTicker(),
    landing: createLanding(),
  };
}

function open(isRepeatable = true): void {
  held = heldSends();
  lanes = createLanes({ ...termsOf(held.send), isRepeatable });
}

type Outcome = readonly string[] | string | undefined;

/** What comes of each: its answers, or why it failed; undefined as long as it is open. */
function callAll(asks: readonly number[]): Outcome[] {
  const seen: Outcome[] = asks.map(() => undefined);
  for (const [index, ask] of asks.entries())
    lanes
      .call(ask)
      .catch((error: unknown) => (error instanceof Error ? error.message : "thrown"))
      .then((outcome) => {
        seen[index] = outcome;
      });
  return seen;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const answersTo = (asks: readonly number[]): string[] => asks.map((ask) => `to ${ask}`);
/** One call in each lane, with the numbers below 0. */
async function fillLanes(): Promise<Outcome[][]> {
  const seen: Outcome[][] = [];
  for (const lane of upTo(LANES)) {
    seen.push(callAll([-1 - lane]));
    await turn();
  }
  return seen;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  open();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("calls", () => {
  it("go out at once where nothing is under way, in the same breath", () => {
    callAll([1]);
    expect(held.asked()).toEqual([[1]]);
  });

  it("go together while something is under way: at the end of the turn in which they came, while a lane is free", async () => {
    callAll([1]);
    for (const asks of [[2, 3], [4], [5, 6, 7]]) {
      callAll(asks);
      await turn();
    }
    expect(held.asked()).toEqual([[1], [2, 3], [4], [5, 6, 7]]);
  });

  it("wait where none is free, and go together as soon as one is: first come, first served", async () => {
    await fillLanes();
    const asks = upTo(8);
    const seen = callAll(asks);
    await turn();
    expect(held.sends).toHaveLength(LANES);
    held.sends[1]?.answer(["free"]);
    await turn();
    expect(held.asked().slice(LANES)).toEqual([asks]);
    held.sends[LANES]?.answer(answersTo(asks));
    await turn();
    expect(seen).toEqual(answersTo(asks).map((answer) => [answer]));
  });

  it("go in two equal portions where there are many, of at most so many each, and the next when one is answered", async () => {
    callAll([-1]);
    const seen = callAll(upTo(40));
    await turn();
    // Half of all 41, and the rest by the lane that is left.
    expect(held.asked().map(({ length }) => length)).toEqual([1, 21]);
    held.sends[0]?.answer(["first"]);
    await turn();
    expect(held.asked().map(({ length }) => length)).toEqual([1, 21, 19]);
    callAll(upTo(5 * MAX_BATCH));
    await turn();
    expect(held.sends).toHaveLength(3);
    held.sends[1]?.answer(answersTo(upTo(21)));
    held.sends[2]?.answer(answersTo(upTo(40).slice(21)));
    await turn();
    expect(
      held
        .asked()
        .slice(3)
        .map(({ length }) => length),
    ).toEqual([MAX_BATCH, MAX_BATCH]);
    expect(seen).toEqual(answersTo(upTo(40)).map((answer) => [answer]));
  });

  it("go along with one that is about the same, though their portion is full: up to a batch", async () => {
    lanes = createLanes({ ...termsOf(held.send), subjectOf: (ask) => `${ask % 10}` });
    callAll([-1]);
    const asks = [...upTo(MAX_BATCH).map((index) => 10 * index), 1, 2];
    callAll(asks);
    await turn();
    expect(held.asked()).toEqual([[-1], asks.slice(0, MAX_BATCH)]);
    held.sends[0]?.answer(["first"]);
    callAll([10]);
    await turn();
    // None waits for what is about the same and under way: it was sent before they came.
    expect(held.asked().slice(2)).toEqual([[1, 2, 10]]);
  });

  it("of a batch that was answered just now leave together, though nothing is under way", async () => {
    callAll([-1]);
    const again: Promise<unknown>[] = [];
    const first = [1, 2, 3].map((ask) => lanes.call(ask).then(() => void again.push(lanes.call(ask))));
    await turn();
    held.sends[0]?.answer(["first"]);
    held.sends[1]?.answer(answersTo([1, 2, 3]));
    await Promise.all(first);
    await turn();
    expect(held.asked()).toEqual([[-1], [1, 2, 3], [1, 2, 3]]);
  });

  it("find a lane though two batches hang: from the second tick on these count as no load", async () => {
    callAll([-1]);
    callAll(upTo(40));
    await turn();
    held.sends[0]?.answer(["first"]);
    await turn();
    const late = callAll([7]);
    await turn();
    expect(held.sends).toHaveLength(3);
    vi.advanceTimersByTime(2 * TICK_MS);
    await turn();
    expect(held.asked().slice(3)).toEqual([[7]]);
    held.sends[3]?.answer(["to 7"]);
    await turn();
    expect(late).toEqual([["to 7"]]);
  });

  it("alone get what the store gave as it is, for others to judge", async () => {
    const seen = callAll([1]);
    held.sends[0]?.answer(["one", "and another"]);
    await turn();
    expect(seen).toEqual([["one", "and another"]]);
  });

  it("fail with whatever a store throws, though it throws at once", async () => {
    const send = (): never => {
      throw new Error("at once");
    };
    lanes = createLanes(termsOf(send));
    const seen = callAll([1]);
    await turn();
    expect(seen).toEqual(["at once"]);
  });

  it("fail at once where too many wait, and are taken again when they have gone", async () => {
    await fillLanes();
    const waiting = callAll(upTo(MAX_WAITING));
    await expect(lanes.call(0)).rejects.toThrow(`${MAX_WAITING} calls wait for the store already`);
    held.sends[0]?.answer(["free"]);
    await turn();
    callAll([0]);
    await turn();
    expect(new Set(waiting)).toEqual(new Set([undefined]));
    await expect(Promise.all(upTo(MAX_BATCH).map(lanes.call))).rejects.toThrow("calls wait for the store already");
  });
});

describe("calls that exclude others about the same", () => {
  beforeEach(() => {
    held = heldSends();
    lanes = createLanes({
      ...termsOf(held.send),
      isRepeatable: false,
      subjectOf: (ask) => `${ask % 10}`,
      isExclusive: true,
    });
  });

  it("wait while one about the same is under way, keep their place, and go together", async () => {
    callAll([1]);
    callAll([11, 2, 21, 3]);
    await turn();
    expect(held.asked()).toEqual([[1], [2, 3]]);
    callAll([31, 12, 4]);
    await turn();
    expect(held.asked().slice(2)).toEqual([[4]]);
    held.sends[0]?.answer(["to 1"]);
    await turn();
    expect(held.asked().slice(3)).toEqual([[11, 21, 31]]);
    held.sends[1]?.answer(["to 2", "to 3"]);
    await turn();
    expect(held.asked().slice(4)).toEqual([[12]]);
  });

  it("go along with one about the same, for which they would wait, though their portion is full: up to a batch", async () => {
    callAll([1]);
    const same = upTo(MAX_BATCH + 1).map((index) => 10 * index + 1);
    callAll(same);
    held.sends[0]?.answer(["to 1"]);
    await turn();
    expect(held.asked().slice(1)).toEqual([same.slice(0, MAX_BATCH)]);
  });

  it("go one by one from a failure until the next answer, though they are about the same", async () => {
    callAll([1]);
    const same = upTo(40).map((index) => 10 * index + 1);
    const seen = callAll(same);
    for (const failed of [0, 1, 2]) {
      held.sends[failed]?.fail(new Error("dead"));
      await turn();
      expect(held.asked().slice(failed + 1)).toEqual([same.slice(failed, failed + 1)]);
    }
    held.sends[3]?.answer(["alive"]);
    await turn();
    expect(held.asked().slice(4)).toEqual([same.slice(3)]);
    expect(seen.slice(0, 3)).toEqual(["dead", "dead", ["alive"]]);
  });

  it("that hang take one lane, and leave the others to whoever is about anything else", async () => {
    callAll([1]);
    for (let round = 0; round < 3 * LANES; round += 1) {
      callAll([11, 21]);
      const others = callAll([2 + (round % 8)]);
      await turn();
      expect(held.sends.at(-1)?.asks).toEqual([2 + (round % 8)]);
      held.sends.at(-1)?.answer(["right"]);
      await turn();
      expect(others).toEqual([["right"]]);
    }
  });
});

it("what goes together goes in nobody's asynchronous context, and each goes on in his own", async () => {
  const context = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  lanes = createLanes(
    termsOf(async (asks) => {
      seen.push(context.getStore());
      await turn();
      return answersTo(asks);
    }),
  );
  const call = (name: string): Promise<string | undefined> =>
    context.run(name, async () => {
      await lanes.call(1);
      return context.getStore();
    });
  expect(await Promise.all(["first", "second", "third"].map(call))).toEqual(["first", "second", "third"]);
  expect(seen).toEqual(["first", undefined]);
});

it("so do those who wait while a lone call comes back", async () => {
  const context = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const held = heldSends<number, string>();
  const send: HeldSends<number, string>["send"] = (asks) => {
    seen.push(context.getStore());
    return held.send(asks);
  };
  lanes = createLanes({ ...termsOf(send), subjectOf: () => "the same", isExclusive: true });
  const lone = context.run("request", () => lanes.call(0));
  const waiting = [1, 2].map((ask) => lanes.call(ask));
  await turn();
  held.sends[0]?.answer(["to 0"]);
  await lone;
  held.sends[1]?.answer(answersTo([1, 2]));
  expect(await Promise.all(waiting)).toEqual([["to 1"], ["to 2"]]);
  expect(seen).toEqual(["request", undefined]);
});

describe("a batch that fails", () => {
  /** The first batch, under way in a lane of its own; the other lanes are free. */
  async function batchOf(asks: readonly number[]): Promise<Outcome[]> {
    await fillLanes();
    const seen = callAll(asks);
    for (const { answer } of held.sends.slice(0, LANES)) answer(["free"]);
    await turn();
    expect(held.asked().slice(LANES)).toEqual([asks]);
    return seen;
  }

  it("is sent again one by one, where that does no harm: one poisoned item fails nobody else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(30), { minLength: 2, maxLength: 12 }), fc.nat(), async (asks, which) => {
        open();
        const poisoned = asks[which % asks.length];
        const seen = await batchOf(asks);
        held.sends[LANES]?.fail(new Error("poison"));
        for (let next = LANES + 1; next <= LANES + asks.length; next += 1) {
          await turn();
          const sent = held.sends[next];
          expect(sent?.asks).toEqual([asks[next - LANES - 1]]);
          if (sent?.asks[0] === poisoned) sent?.fail(new Error("poison"));
          else sent?.answer(answersTo(sent.asks));
        }
        await turn();
        expect(seen).toEqual(asks.map((ask) => (ask === poisoned ? "poison" : [`to ${ask}`])));
        expect(held.sends).toHaveLength(LANES + 1 + asks.length);
      }),
    );
  });

  it("fails for all where it may have been done all the same, and is never sent again", async () => {
    open(false);
    const seen = await batchOf([1, 2, 3]);
    held.sends[LANES]?.fail(new Error("lost"));
    await turn();
    expect(seen).toEqual(["lost", "lost", "lost"]);
    expect(held.sends).toHaveLength(LANES + 1);
  });

  it("in part gives each his answer, and the cause to whom it failed for", async () => {
    open(false);
    const seen = await batchOf([1, 2, 3]);
    held.sends[LANES]?.fail(new PartialFault(["to 1", undefined, "to 3"], new Error("the second")));
    await turn();
    expect(seen).toEqual([["to 1"], "the second", ["to 3"]]);
  });

  it("in part has only the rest sent again", async () => {
    const seen = await batchOf([1, 2, 3]);
    // As thrown by a store with a copy of core of its own.
    held.sends[LANES]?.fail(Object.assign(new Error("some"), { answers: ["to 1", undefined, "to 3"] }));
    await turn();
    expect(held.asked().slice(LANES + 1)).toEqual([[2]]);
    held.sends[LANES + 1]?.fail(new PartialFault([undefined], new Error("again")));
    await turn();
    expect(seen).toEqual([["to 1"], "again", ["to 3"]]);
  });

  it("is the last for now: until something is answered calls go alone, so that a dead database is asked once for each", async () => {
    await batchOf([1, 2]);
    const seen = callAll([3, 4, 5, ...upTo(20)]);
    let next = LANES;
    for (; next < held.sends.length; next += 1) {
      held.sends[next]?.fail(new Error("dead"));
      await turn();
    }
    expect(seen).toEqual(seen.map(() => "dead"));
    // One more than there were callers: the batch with which it began.
    expect(next - LANES).toBe(1 + 2 + seen.length);
  });

  it("is followed by batches again, once something is answered", async () => {
    await batchOf([1, 2]);
    held.sends[LANES]?.fail(new Error("a moment"));
    await turn();
    callAll(upTo(10));
    await turn();
    expect(held.asked().slice(LANES + 1)).toEqual([[1], [2], [0], [1]]);
    held.sends[LANES + 1]?.answer(["alive"]);
    await turn();
    expect(held.asked().slice(LANES + 5)).toEqual([upTo(10).slice(2)]);
  });
});

describe("the deadline", () => {
  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

  it("ends what hangs, under way and waiting, and frees its lane", async () => {
    const hung = [...(await fillLanes()), callAll([1, 2])];
    await pass(DEADLINE_MS - 1);
    expect(new Set(hung.flat())).toEqual(new Set([undefined]));
    await pass(TICK_MS + 1);
    expect(new Set(hung.flat())).toEqual(new Set([NO_ANSWER]));
    const next = callAll([3]);
    expect(held.asked().slice(LANES)).toEqual([[3]]);
    held.sends[LANES]?.answer(["alive"]);
    await turn();
    expect(next).toEqual([["alive"]]);
  });

  it("is never shorter, though a call comes just before a tick", async () => {
    callAll([0]);
    await pass(TICK_MS - 1);
    const seen = callAll([1]);
    await pass(DEADLINE_MS - 1);
    expect(seen).toEqual([undefined]);
    await pass(TICK_MS + 1);
    expect(seen).toEqual([NO_ANSWER]);
  });

  it("counts from the arrival on, also while a call waits", async () => {
    await fillLanes();
    await pass(DEADLINE_MS - 2 * TICK_MS);
    const late = callAll([1]);
    // The lanes become free, and take what waits: that hangs, too.
    await pass(3 * TICK_MS);
    expect(held.asked().slice(LANES)).toEqual([[1]]);
    expect(late).toEqual([undefined]);
    await pass(DEADLINE_MS - 2 * TICK_MS);
    expect(late).toEqual([NO_ANSWER]);
  });

  it("of one hung statement blocks nobody: the others go by the other lanes", async () => {
    const [hung] = callAll([0]);
    for (let ask = 1; ask <= 50; ask += 1) {
      const seen = callAll([ask]);
      await turn();
      held.sends[ask]?.answer(answersTo([ask]));
      await turn();
      expect(seen).toEqual([[`to ${ask}`]]);
    }
    expect(hung).toBeUndefined();
  });

  it("leaves late answers and late failures without effect", async () => {
    const hung = await fillLanes();
    await pass(DEADLINE_MS + TICK_MS);
    const next = await fillLanes();
    const waiting = callAll([7]);
    for (const [index, sent] of held.sends.slice(0, LANES).entries())
      if (index === 0) sent.answer(["late"]);
      else sent.fail(new Error("late"));
    await turn();
    expect(new Set(hung.flat())).toEqual(new Set([NO_ANSWER]));
    expect(new Set([...next.flat(), ...waiting])).toEqual(new Set([undefined]));
    expect(held.sends).toHaveLength(2 * LANES);
  });

  it("sends nothing again that nobody waits for any more", async () => {
    const hung = await fillLanes();
    const old = callAll([1]);
    await pass(DEADLINE_MS - TICK_MS);
    const young = callAll([2]);
    held.sends[0]?.answer(["free"]);
    await turn();
    expect(held.asked().slice(LANES)).toEqual([[1, 2]]);
    await pass(2 * TICK_MS);
    expect([hung.at(-1), old, young]).toEqual([[NO_ANSWER], [NO_ANSWER], [undefined]]);
    held.sends[LANES]?.fail(new Error("late"));
    await turn();
    expect(held.asked().slice(LANES + 1)).toEqual([[2]]);
  });

  it("takes one timer for all, and none where nothing is under way", async () => {
    callAll(upTo(50));
    expect(vi.getTimerCount()).toBe(1);
    for (let next = 0; next < held.sends.length; next += 1) {
      held.sends[next]?.answer(answersTo(held.sends[next]?.asks ?? []));
      await turn();
    }
    await pass(TICK_MS);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("idle", () => {
  it("comes at once where nothing is asked, else when all is answered, or has failed", async () => {
    await lanes.idle();
    await fillLanes();
    callAll([1]);
    const isIdle = vi.fn();
    lanes.idle().then(isIdle);
    for (let next = 0; next <= LANES; next += 1) {
      await turn();
      expect(isIdle).not.toHaveBeenCalled();
      if (next % 2 === 0) held.sends[next]?.answer(["done"]);
      else held.sends[next]?.fail(new Error("failed"));
    }
    await turn();
    expect(isIdle).toHaveBeenCalled();
  });

  it("comes by the deadline where something hangs", async () => {
    await fillLanes();
    const isIdle = vi.fn();
    lanes.idle().then(isIdle);
    await vi.advanceTimersByTimeAsync(DEADLINE_MS + TICK_MS);
    expect(isIdle).toHaveBeenCalled();
  });
});
