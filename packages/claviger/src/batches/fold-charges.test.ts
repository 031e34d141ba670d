import {
  applyCharges,
  type ChargeRequest,
  type ChargeResult,
  chargesFor,
  judgeLimits,
  type Limit,
  type Meter,
  PartialFault,
  shiftCharges,
} from "@claviger/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askFolded } from "./ask-folded.js";
import { type ChargeAsk, foldCharges } from "./fold-charges.js";

const US_PER_MS = 1000;
const START_MS = 1_750_000_000_000;

const BURST: Limit = { name: "burst", kind: "rate", limit: 5, per: 60, algorithm: "gcra" };
const CREDITS: Limit = { name: "credits", kind: "credits", limit: 7 };
const PLANS: readonly (readonly Limit[])[] = [[BURST], [CREDITS], [BURST, CREDITS]];

interface Given {
  readonly keyId: string;
  readonly limits: readonly Limit[];
  readonly cost: number;
  readonly nowMs: number;
  readonly units: number;
}

const given = fc.record<Given>({
  keyId: fc.constantFrom("a", "b"),
  limits: fc.constantFrom(...PLANS),
  cost: fc.constantFrom(1, 1, 1, 2, 9),
  nowMs: fc.integer({ min: START_MS, max: START_MS + 30 }),
  units: fc.constantFrom(1, 1, 1, 2, 0),
});

function askOf({ keyId, limits, cost, nowMs, units }: Given): ChargeAsk {
  return { request: { tenant: "t", keyId, charges: chargesFor(limits, cost, nowMs), units }, nowMs };
}

/** What any store does, with a clock that is so far ahead of the callers'. */
function createMeters(aheadUs: number) {
  const stored = new Map<string, Map<string, Meter>>();
  return (requests: readonly ChargeRequest[], nowMs: number): ChargeResult[] =>
    requests.map(({ keyId, charges, units }) => {
      const meters = stored.get(keyId) ?? new Map<string, Meter>();
      stored.set(keyId, meters);
      const applied = applyCharges(meters, shiftCharges(charges, aheadUs), units);
      charges.forEach(({ meter }, index) => {
        const spent = applied.meters[index];
        if (spent) meters.set(meter, spent);
      });
      return { ...applied, nowUs: nowMs * US_PER_MS + aheadUs };
    });
}

const aheadUs = fc.constantFrom(0, 12_345, -9_876);

describe("charges that go together", () => {
  it("are told what each would have been told alone, one after the other, when the last of its kind came", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(given, { minLength: 2, maxLength: 20 }), aheadUs, async (givens, ahead) => {
        const asks = givens.map(askOf);
        const together = createMeters(ahead);
        const folded = foldCharges(asks);
        const results = await askFolded(folded, async (requests) => together(requests, folded.nowMs));

        const alone = createMeters(ahead);
        folded.requests.forEach((request, place) => {
          for (const [index, ask] of asks.entries()) {
            if (folded.places[index]?.request !== place) continue;
            const [expected] = alone([{ ...request, units: ask.request.units }], ask.nowMs);
            expect(results[index]).toEqual(expected);
          }
        });
        expect(results).toHaveLength(asks.length);
        // None is lost, none counted twice, and none charged before it came.
        const sum = (requests: readonly ChargeRequest[]): number => requests.reduce((all, { units }) => all + units, 0);
        expect(sum(folded.requests)).toBe(sum(asks.map(({ request }) => request)));
        expect(folded.nowMs).toBe(Math.max(...givens.map(({ nowMs }) => nowMs)));
      }),
    );
  });

  it("become one request for each key and kind of spend, whenever they were prepared", () => {
    const times = [0, 3, 1, 2];
    const asks = times.flatMap((ms) =>
      [1, 2].map((cost) => askOf({ keyId: "a", limits: [BURST, CREDITS], cost, nowMs: START_MS + ms, units: 1 })),
    );
    const { requests, nowMs } = foldCharges(asks);
    expect(nowMs).toBe(START_MS + 3);
    expect(requests).toEqual(
      [1, 2].map((cost) => ({
        tenant: "t",
        keyId: "a",
        charges: chargesFor([BURST, CREDITS], cost, START_MS + 3),
        units: 4,
      })),
    );
  });

  it("of a refused one the wait counts from its own clock: exactly then it fits", async () => {
    const times = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 6, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(times, aheadUs, async (arrivals, ahead) => {
        const asks = arrivals.map((ms) =>
          askOf({ keyId: "a", limits: [BURST], cost: 1, nowMs: START_MS + ms, units: 1 }),
        );
        const consume = createMeters(ahead);
        const folded = foldCharges(asks);
        const results = await askFolded(folded, async (requests) => consume(requests, folded.nowMs));
        const refused = results.findIndex(({ admitted }) => admitted === 0);
        const [ask, result] = [asks[refused], results[refused]];
        if (ask === undefined || result === undefined) throw new Error("6 units do not fit into 5");
        const { refusal, states } = judgeLimits([BURST], 1, ask.nowMs, result);
        const waitMs = refusal?.retryAfterMs ?? 0;
        expect(waitMs).toBeGreaterThan(0);
        const retried = (ms: number): ChargeAsk =>
          askOf({ keyId: "a", limits: [BURST], cost: 1, nowMs: ask.nowMs + ms, units: 1 });
        const admitted = (ms: number): number | undefined =>
          consume([retried(ms).request], ask.nowMs + ms)[0]?.admitted;
        expect([admitted(waitMs - 1), admitted(waitMs)]).toEqual([0, 1]);
        expect(states[0]?.resetAt).toBe(START_MS + Math.max(...arrivals) + 60);
      }),
    );
  });

  it("that only ask are told of no spend that goes with them, and spend nothing", async () => {
    const told = { keyId: "a", limits: [CREDITS], cost: 1, nowMs: START_MS };
    const asks = [0, 1, 0, 1].map((units) => askOf({ ...told, units }));
    const { requests } = foldCharges(asks);
    expect(requests.map(({ units }) => units)).toEqual([0, 2]);
  });

  it("on meters that are shared are one only where all is alike, and are told of all meters", async () => {
    const charges = chargesFor([CREDITS], 1, START_MS);
    const ofOwner = chargesFor([BURST], 1, START_MS);
    const shared = { owner: "o", ofOwner, ofTenant: charges };
    const ask = (over: Partial<ChargeRequest>): ChargeAsk => ({
      request: { tenant: "t", keyId: "a", charges, shared, units: 1, ...over },
      nowMs: START_MS,
    });
    const others = [
      {},
      { shared: { ...shared, owner: "p" } },
      { shared: { ...shared, ofTenant: [] } },
      { tenant: "u" },
    ];
    const { shared: _, ...unshared } = ask({}).request;
    const asks = [...others.map(ask), { request: unshared, nowMs: START_MS }, ask({})];
    const folded = foldCharges(asks);
    expect(folded.requests.map(({ units }) => units)).toEqual([2, 1, 1, 1, 1]);
    const meters: Meter[] = [
      { form: "window", windowAt: 0, used: 2 },
      { form: "gcra", tatUs: START_MS * US_PER_MS + 24_000 },
      { form: "window", windowAt: 0, used: 9 },
    ];
    const [first, ...rest] = await askFolded(folded, async (requests) =>
      requests.map(({ units }) => ({ admitted: units, meters, nowUs: START_MS * US_PER_MS })),
    );
    expect(first?.meters).toEqual([
      { form: "window", windowAt: 0, used: 1 },
      { form: "gcra", tatUs: START_MS * US_PER_MS + 12_000 },
      { form: "window", windowAt: 0, used: 8 },
    ]);
    expect(rest.at(-1)?.meters).toEqual(meters);
  });

  it("that the store failed at in part fail for those alone who asked for that part", async () => {
    const asks = ["a", "b", "a"].map((keyId) =>
      askOf({ keyId, limits: [CREDITS], cost: 1, nowMs: START_MS, units: 1 }),
    );
    const cause = new Error("of b");
    const answer = { admitted: 2, meters: [{ form: "window", windowAt: 0, used: 2 }], nowUs: 0 } as const;
    const failed = askFolded(foldCharges(asks), () => Promise.reject(new PartialFault([answer, undefined], cause)));
    await expect(failed).rejects.toMatchObject({
      cause,
      answers: [{ admitted: 1, meters: [{ used: 1 }] }, undefined, { admitted: 1, meters: [{ used: 2 }] }],
    });
  });

  it("fail for all where the number of answers is another, and pass on as it came what is none", async () => {
    const asks = ["a", "a"].map((keyId) => askOf({ keyId, limits: [CREDITS], cost: 1, nowMs: START_MS, units: 1 }));
    for (const [answers, gave] of [
      [[], "gave 0"],
      [[null, null], "gave 2"],
      [null, "gave null"],
    ] as const)
      await expect(askFolded(foldCharges(asks), answering(answers))).rejects.toThrow(
        `asked for 1 answers, and ${gave}`,
      );
    for (const answer of [
      null,
      {},
      { admitted: 3, meters: [null] },
      { admitted: 1.5, meters: [null] },
      { admitted: 1 },
    ])
      expect(await askFolded(foldCharges(asks), answering([answer]))).toEqual([answer, answer]);
  });
});

/** A store that answers anything at all. */
function answering(answers: unknown): () => Promise<readonly ChargeResult[]> {
  return async () => JSON.parse(JSON.stringify(answers));
}
