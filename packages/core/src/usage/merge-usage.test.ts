import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_TIME_MS } from "../bounds.js";
import { mergeUsage } from "./merge-usage.js";
import type { UsageRecord } from "./usage.js";

const HOUR_MS = 3_600_000;
const at = fc.integer({ min: 0, max: 5 });
const name = fc.constantFrom("a", "b", "__proto__");
const sighting = fc
  .record({ kind: fc.constantFrom("secret", "scope", "client"), name, firstAt: at, lasts: at })
  .map(({ lasts, ...rest }) => ({ ...rest, lastAt: rest.firstAt + lasts }));
const count = fc.record({
  hourAt: at.map((hour) => hour * HOUR_MS),
  outcome: fc.constantFrom("accepted", "expired", "constructor"),
  count: fc.integer({ min: 1, max: 9 }),
});
const record: fc.Arbitrary<UsageRecord> = fc.record({
  tenant: name,
  keyId: name,
  lastUsedAt: fc.option(at),
  counts: fc.array(count, { maxLength: 4 }),
  sightings: fc.array(sighting, { maxLength: 4 }),
});
const batch = fc.array(record, { maxLength: 6 });

const totalOf = (records: readonly UsageRecord[]): number =>
  records.flatMap(({ counts }) => counts).reduce((sum, each) => sum + each.count, 0);

describe("mergeUsage", () => {
  it("comes to the same in whatever order and portions records arrive", () => {
    const arrivals = batch.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat({ max: all.length })),
    );
    fc.assert(
      fc.property(arrivals, ([all, shuffled, portion]) => {
        const inPortions = mergeUsage([
          ...mergeUsage(shuffled.slice(0, portion)),
          ...mergeUsage(shuffled.slice(portion)),
        ]);
        expect(inPortions).toEqual(mergeUsage(all));
      }),
    );
  });

  it("loses no count and no use, and names nothing twice", () => {
    fc.assert(
      fc.property(batch, (all) => {
        const merged = mergeUsage(all);
        expect(totalOf(merged)).toBe(totalOf(all));
        for (const { tenant, keyId, lastUsedAt, counts, sightings } of merged) {
          const own = all.filter((each) => each.tenant === tenant && each.keyId === keyId);
          const uses = own.flatMap((each) => each.lastUsedAt ?? []);
          expect(lastUsedAt).toBe(uses.length === 0 ? null : Math.max(...uses));
          expect(new Set(counts.map((each) => `${each.hourAt} ${each.outcome}`)).size).toBe(counts.length);
          for (const { kind, name: seen, firstAt, lastAt } of sightings) {
            const same = own
              .flatMap((each) => each.sightings)
              .filter((each) => each.kind === kind && each.name === seen);
            expect(firstAt).toBe(Math.min(...same.map((each) => each.firstAt)));
            expect(lastAt).toBe(Math.max(...same.map((each) => each.lastAt)));
          }
        }
        expect(new Set(merged.map((each) => JSON.stringify([each.tenant, each.keyId]))).size).toBe(merged.length);
      }),
    );
  });

  it("gives keys in one order, whoever merges", () => {
    fc.assert(
      fc.property(batch, (all) => {
        const names = mergeUsage(all).map(({ tenant, keyId }): readonly [string, string] => [tenant, keyId]);
        const sorted = [...names].sort(([a, aId], [b, bId]) => (a < b || (a === b && aId < bId) ? -1 : 1));
        expect(names).toEqual(sorted);
      }),
    );
  });

  it("leaves out what no store can keep, and nothing else of the record", () => {
    const good = {
      tenant: "t",
      keyId: "k",
      lastUsedAt: 5,
      counts: [{ hourAt: 0, outcome: "x".repeat(200), count: 1 }],
      sightings: [{ kind: "client", name: "x".repeat(200), firstAt: 0, lastAt: MAX_TIME_MS }],
    } as const;
    const texts = ["", "x".repeat(201), "a\0b", "\ud800"];
    const times = [Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, MAX_TIME_MS + 1];
    const bad: UsageRecord = {
      ...good,
      lastUsedAt: Number.NaN,
      counts: [
        ...texts.map((outcome) => ({ hourAt: 0, outcome, count: 1 })),
        ...times.map((hourAt) => ({ hourAt, outcome: "accepted", count: 1 })),
        ...[0, -1, 0.5, Number.NaN, 2 ** 53].map((count) => ({ hourAt: 0, outcome: "accepted", count })),
      ],
      sightings: [
        ...texts.map((name) => ({ kind: "client", name, firstAt: 0, lastAt: 0 }) as const),
        ...times.map((at) => ({ kind: "client", name: "a", firstAt: at, lastAt: 0 }) as const),
        ...times.map((at) => ({ kind: "client", name: "a", firstAt: 0, lastAt: at }) as const),
      ],
    };
    expect(mergeUsage([bad, good, bad])).toEqual([good]);
    expect(mergeUsage([bad])).toEqual([{ ...good, lastUsedAt: null, counts: [], sightings: [] }]);
  });

  it("adds up to no more than can be counted exactly", () => {
    const record = { tenant: "t", keyId: "k", lastUsedAt: null, sightings: [] };
    const most = { ...record, counts: [{ hourAt: 0, outcome: "accepted", count: Number.MAX_SAFE_INTEGER }] };
    expect(mergeUsage([most, most])).toEqual([most]);
  });

  it("takes each item in hand a bounded number of times, however many are of one key", () => {
    let looks = 0;
    const counted = <T extends object>(value: T): T =>
      new Proxy(value, {
        get: (target, name, receiver) => {
          looks += 1;
          return Reflect.get(target, name, receiver);
        },
      });
    const records = Array.from({ length: 5_000 }, () =>
      counted({
        tenant: "t",
        keyId: "k",
        lastUsedAt: 1,
        counts: [counted({ hourAt: 0, outcome: "accepted", count: 1 })],
        sightings: [],
      }),
    );
    expect(mergeUsage(records)[0]?.counts).toEqual([{ hourAt: 0, outcome: "accepted", count: 5_000 }]);
    expect(looks).toBeLessThan(30 * records.length);
  });
});
