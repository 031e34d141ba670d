import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
});
