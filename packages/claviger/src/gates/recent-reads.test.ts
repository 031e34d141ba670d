import { fakeClock } from "@claviger/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStopwatch, type Stopwatch } from "../elapsed.js";
import { createRecentReads, type RecentReads } from "./recent-reads.js";

const MANY = 1_000;

/** A read that ends when it is told to. */
interface HeldRead {
  readonly read: () => Promise<number>;
  readonly resolve: (value: number) => void;
  readonly reject: (error: unknown) => void;
  readonly begun: () => number;
}

function heldRead(): HeldRead {
  let resolve: HeldRead["resolve"] = () => undefined;
  let reject: HeldRead["reject"] = () => undefined;
  const promise = new Promise<number>((...settle) => {
    [resolve, reject] = settle;
  });
  let begun = 0;
  return {
    read: () => {
      begun += 1;
      return promise;
    },
    resolve,
    reject,
    begun: () => begun,
  };
}

function setUp(
  staleMs: number,
  maxNames = MANY,
): {
  reads: RecentReads<number>;
  watch: Stopwatch;
  clock: ReturnType<typeof fakeClock>;
  ask: (read: () => Promise<number>, name?: string) => number | Promise<number>;
} {
  const clock = fakeClock();
  const watch = createStopwatch(clock.now);
  const reads = createRecentReads<number>(watch, staleMs, maxNames);
  return { reads, watch, clock, ask: (read, name = "one") => reads.of(name, watch.read(), read) };
}

const answering = (value: number) => async (): Promise<number> => value;
const untouched = (): Promise<number> => Promise.reject(new Error("it was read again"));

describe("what was read", () => {
  it("is known at once, without waiting, until it is as old as it may be: counted from when the read began", async () => {
    const { clock, ask } = setUp(100);
    const slow = heldRead();
    const first = ask(slow.read);
    clock.advance(60);
    slow.resolve(1);
    expect(await first).toBe(1);
    clock.advance(39);
    expect(ask(untouched)).toBe(1);
    clock.advance(1);
    expect(await ask(answering(2))).toBe(2);
  });

  it("is read once for a hundred who ask at the same time, and for as many names as there are", async () => {
    const { ask } = setUp(100);
    const [one, two] = [heldRead(), heldRead()];
    const asked = Array.from({ length: 50 }, () => [ask(one.read, "one"), ask(two.read, "two")]);
    one.resolve(1);
    two.resolve(2);
    expect(new Set(await Promise.all(asked.flat()))).toEqual(new Set([1, 2]));
    expect([one.begun(), two.begun()]).toEqual([1, 1]);
  });

  it("is read for each who asks where it may not be old at all: nobody joins a read that began before he came", async () => {
    const { ask } = setUp(0);
    const [earlier, later] = [heldRead(), heldRead()];
    const asked = [ask(earlier.read), ask(later.read)];
    later.resolve(2);
    earlier.resolve(1);
    expect(await Promise.all(asked)).toEqual([1, 2]);
    expect(await ask(answering(3))).toBe(3);
  });

  it("is not kept where the read failed: all who waited hear of it, and the next one reads", async () => {
    const { ask } = setUp(100);
    const failing = heldRead();
    const asked = [ask(failing.read), ask(failing.read)];
    const error = new Error("connection lost");
    failing.reject(error);
    for (const outcome of await Promise.allSettled(asked)) expect(outcome).toMatchObject({ reason: error });
    expect(failing.begun()).toBe(1);
    expect(await ask(answering(1))).toBe(1);
  });
});

describe("a read that hangs", () => {
  it("holds up only those who came while it was young; what it brings in the end is not kept", async () => {
    const { clock, ask } = setUp(100);
    const hanging = heldRead();
    const waiting = [ask(hanging.read)];
    clock.advance(99);
    waiting.push(ask(untouched));
    clock.advance(1);
    expect(await ask(answering(2))).toBe(2);
    hanging.resolve(1);
    expect(await Promise.all(waiting)).toEqual([1, 1]);
    expect(ask(untouched)).toBe(2);
  });

  it("holds up nobody for longer than 3 s, however old what is known may be", async () => {
    const { clock, ask } = setUp(3_600_000);
    const hanging = heldRead();
    const waiting = [ask(hanging.read)];
    clock.advance(2_999);
    waiting.push(ask(untouched));
    clock.advance(1);
    expect(await ask(answering(2))).toBe(2);
    hanging.resolve(1);
    expect(await Promise.all(waiting)).toEqual([1, 1]);
    expect(ask(untouched)).toBe(2);
  });

  it("and fails takes nothing from the one that began after it", async () => {
    const { clock, ask } = setUp(100);
    const [hanging, younger] = [heldRead(), heldRead()];
    const waiting = ask(hanging.read);
    clock.advance(100);
    const answer = ask(younger.read);
    hanging.reject(new Error("timed out"));
    await expect(waiting).rejects.toThrow("timed out");
    const joined = ask(untouched);
    younger.resolve(2);
    expect(await Promise.all([answer, joined])).toEqual([2, 2]);
  });
});

describe("what is forgotten", () => {
  it("is read anew, and what was under way is joined and kept by nobody", async () => {
    for (const forget of ["one", "all"] as const) {
      const { reads, ask } = setUp(100);
      const early = heldRead();
      const before = ask(early.read);
      if (forget === "one") reads.forget("one");
      else reads.forgetAll();
      const after = ask(answering(2));
      early.resolve(1);
      expect(await Promise.all([before, after])).toEqual([1, 2]);
      expect(ask(untouched)).toBe(2);
    }
  });

  it("takes no other name with it", async () => {
    const { reads, ask } = setUp(100);
    await ask(answering(1), "one");
    await ask(answering(2), "__proto__");
    reads.forget("one");
    expect(ask(untouched, "__proto__")).toBe(2);
    expect(await ask(answering(3), "one")).toBe(3);
  });
});

it("knows so many names at most, and always the half that was used last", async () => {
  const { ask } = setUp(100, 10);
  for (let name = 1; name <= MANY; name += 1) await ask(answering(name), `${name}`);
  for (let name = MANY; name > MANY - 5; name -= 1) expect(ask(untouched, `${name}`)).toBe(name);
  let known = 0;
  const reread = heldRead();
  for (let name = 1; name <= MANY; name += 1) if (typeof ask(reread.read, `${name}`) === "number") known += 1;
  expect(known).toBeLessThanOrEqual(10);
});

describe("promise 1: no answer is older than it may be, nor than what was forgotten before it was asked for", () => {
  type Act =
    | { readonly kind: "ask" | "change" | "tell" }
    | { readonly kind: "advance" | "step back"; readonly ms: number };

  const act: fc.Arbitrary<Act> = fc.oneof(
    fc.constantFrom<Act>({ kind: "ask" }, { kind: "ask" }, { kind: "change" }, { kind: "tell" }),
    fc.record({ kind: fc.constant("advance" as const), ms: fc.integer({ min: 1, max: 120 }) }),
    fc.record({ kind: fc.constant("step back" as const), ms: fc.nat(500) }),
  );

  it("in every order of reads, replies, changes, signals and steps of the clock", async () => {
    const staleness = fc.constantFrom(0, 1, 100);
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(act, { maxLength: 25 }),
        staleness,
        async (scheduler, acts, staleMs) => {
          const { reads, watch, clock, ask } = setUp(staleMs);
          // The value is how often it has changed; when it did is told by a clock that nobody sets back.
          let version = 0;
          let told = 0;
          let elapsedMs = 0;
          const changedAtMs: number[] = [];
          const answers: Promise<{ readonly version: number; readonly atLeast: number }>[] = [];

          async function read(): Promise<number> {
            await scheduler.schedule(Promise.resolve(), "request");
            const found = version;
            await scheduler.schedule(Promise.resolve(), "reply");
            return found;
          }

          async function askOnce(): Promise<{ readonly version: number; readonly atLeast: number }> {
            const atLeast = Math.max(told, changedAtMs.filter((at) => at <= elapsedMs - staleMs).length);
            return { version: await ask(read), atLeast };
          }

          async function perform(given: Act): Promise<void> {
            switch (given.kind) {
              case "ask":
                answers.push(askOnce());
                break;
              case "change":
                version += 1;
                changedAtMs.push(elapsedMs);
                break;
              case "tell":
                reads.forget("one");
                told = version;
                break;
              case "advance":
                elapsedMs += given.ms;
                clock.advance(given.ms);
                break;
              case "step back":
                clock.advance(-given.ms);
                watch.read();
            }
          }

          scheduler.scheduleSequence(acts.map((given) => () => perform(given)));
          await scheduler.waitIdle();
          for (const answer of await Promise.all(answers))
            expect(answer.version).toBeGreaterThanOrEqual(answer.atLeast);
        },
      ),
    );
  });
});
