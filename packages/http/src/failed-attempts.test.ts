import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AttemptLimit, createFailedAttempts, type FailedAttempts } from "./failed-attempts.js";

const START_MS = Date.UTC(2026, 5, 21, 12);

const attemptLimit: fc.Arbitrary<AttemptLimit> = fc.record({
  limit: fc.integer({ min: 1, max: 12 }),
  perMs: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 100_000 }), fc.constant(60_000)),
});

/** What somebody does who wants more than his share: waits, with the clock set back or not, and takes all there is. */
interface Move {
  /** In spans. */
  readonly wait: number;
  readonly back: number;
  readonly tries: number;
}

const share = fc.oneof(
  fc.constant(0),
  fc.constant(1),
  fc.double({ min: 0, max: 0.2, noNaN: true }),
  fc.double({ min: 0, max: 3, noNaN: true }),
);

function moves(back: fc.Arbitrary<number>): fc.Arbitrary<readonly Move[]> {
  const move = fc.record({ wait: share, back, tries: fc.integer({ min: 1, max: 25 }) });
  return fc.array(move, { minLength: 1, maxLength: 40 });
}

/** The true times of the attempts that were within the limit. True time goes forward only; the last time of the clock. */
function attack(attempts: FailedAttempts, { perMs }: AttemptLimit, plan: readonly Move[]): [number[], number] {
  let [trueMs, clockMs] = [START_MS, START_MS];
  const within: number[] = [];
  for (const { wait, back, tries } of plan) {
    trueMs += Math.floor(wait * perMs);
    clockMs += Math.floor(wait * perMs) - Math.floor(back * perMs);
    for (let tried = 0; tried < tries; tried += 1) if (attempts.count("a", clockMs) === 0) within.push(trueMs);
  }
  return [within, clockMs];
}

function mostWithin(times: readonly number[], spanMs: number): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + spanMs).length));
}

describe("the bound of failed attempts", () => {
  it("N at once on a fresh source, and not one more", () => {
    fc.assert(
      fc.property(attemptLimit, fc.integer({ min: 0, max: 2 * START_MS }), (limit, nowMs) => {
        const attempts = createFailedAttempts(limit);
        for (let tried = 0; tried < limit.limit; tried += 1) expect(attempts.count("a", nowMs)).toBe(0);
        expect(attempts.count("a", nowMs)).toBeGreaterThan(0);
      }),
    );
  });

  it("at most 2N - 1 in any span, by true time, although the clock is set back", () => {
    fc.assert(
      fc.property(attemptLimit, moves(fc.oneof(fc.constant(0), share)), (limit, plan) => {
        const [within] = attack(createFailedAttempts(limit), limit, plan);
        expect(mostWithin(within, limit.perMs)).toBeLessThan(2 * limit.limit);
      }),
    );
  });

  it("waiting exactly as long as it says is enough, a millisecond less is not, and it is never longer than one N-th", () => {
    fc.assert(
      fc.property(attemptLimit, moves(share), (limit, plan) => {
        const attempts = createFailedAttempts(limit);
        const [, nowMs] = attack(attempts, limit, plan);
        let waitMs = 0;
        for (let tried = 0; tried <= limit.limit; tried += 1) waitMs = attempts.count("a", nowMs);
        expect(waitMs).toBeGreaterThan(0);
        expect(waitMs).toBeLessThanOrEqual(Math.ceil(limit.perMs / limit.limit) + 1);
        expect(attempts.count("a", nowMs + waitMs - 1)).toBe(1);
        expect(attempts.count("a", nowMs + waitMs)).toBe(0);
      }),
    );
  });

  it("one that stays below half the rate is never over, whatever others do", () => {
    fc.assert(
      fc.property(attemptLimit, fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 50 }), (limit, others) => {
        const attempts = createFailedAttempts(limit);
        others.forEach((tries, index) => {
          const nowMs = START_MS + Math.ceil((2 * index * (limit.perMs + 1)) / limit.limit);
          for (let tried = 0; tried < tries; tried += 1) attempts.count("b", nowMs);
          expect(attempts.count("a", nowMs)).toBe(0);
        });
      }),
    );
  });
});

describe("the memory of failed attempts", () => {
  const LIMIT: AttemptLimit = { limit: 3, perMs: 60_000 };
  const flood = fc.array(fc.nat({ max: 30 }), { maxLength: 400 });
  const sizes = fc.integer({ min: 1, max: 8 });

  it("keeps a source for which no more than half as many others came in between as may be remembered", () => {
    const crowd = sizes.chain((half) => fc.tuple(fc.constant(half), fc.array(fc.nat({ max: half + 1 }))));
    fc.assert(
      fc.property(crowd, ([half, sources]) => {
        const attempts = createFailedAttempts({ limit: 1, perMs: 60_000 }, 2 * half);
        const othersSince = new Map<number, Set<number>>();
        for (const source of sources) {
          const isWithin = attempts.count(String(source), START_MS) === 0;
          const others = othersSince.get(source);
          if (others === undefined) expect(isWithin).toBe(true);
          else if (others.size <= half) expect(isWithin).toBe(false);
          for (const met of othersSince.values()) met.add(source);
          othersSince.set(source, new Set());
        }
      }),
    );
  });

  it("gives one that it forgot N attempts more, and no more than that", () => {
    fc.assert(
      fc.property(flood, sizes, (sources, half) => {
        const bounded = createFailedAttempts(LIMIT, 2 * half);
        const within = sources.filter((source) => bounded.count(String(source), START_MS) === 0);
        const [hottest = 0] = sources;
        const others = sources.filter((source) => source !== hottest).length;
        const spent = within.filter((source) => source === hottest).length;
        expect(spent).toBeLessThanOrEqual(LIMIT.limit * (1 + Math.floor(others / (half + 1))));
      }),
    );
  });

  it("remembers no more sources than it may", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 60 }), (half, count) => {
        const attempts = createFailedAttempts({ limit: 1, perMs: 60_000 }, 2 * half);
        const sources = Array.from({ length: count }, (_, index) => String(index));
        for (const source of sources) attempts.count(source, START_MS);
        // Newest first, so that looking pushes out only what is older. Who is remembered is over his limit of one.
        const remembered = sources.reverse().filter((source) => attempts.count(source, START_MS) > 0);
        expect(remembered.length).toBeLessThanOrEqual(2 * half);
        expect(remembered.length).toBeGreaterThanOrEqual(Math.min(count, half));
      }),
    );
  });
});
