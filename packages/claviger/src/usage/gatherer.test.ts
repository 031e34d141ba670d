import { type CheckedRequest, mergeUsage, type UsageRecord } from "@claviger/core";
import { describe, expect, it } from "vitest";
import { aKey } from "../../../core/test/a-key.js";
import { createGatherer, type Gatherer } from "./gatherer.js";
import { toUsageRecord } from "./key-use.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 5, 21, 12, 30);
const HOUR_AT = NOW_MS - 30 * 60_000;
const KEY = aKey();
const ASKED_NOTHING: CheckedRequest = {
  scopes: [],
  ip: undefined,
  resources: undefined,
  cost: 1,
  tenant: undefined,
  client: undefined,
};

const recordsOf = (gatherer: Gatherer): readonly UsageRecord[] => mergeUsage(gatherer.take().map(toUsageRecord));
const namesOf = (gatherer: Gatherer, kind: string): readonly string[] =>
  recordsOf(gatherer).flatMap(({ sightings }) =>
    sightings.filter((each) => each.kind === kind).map(({ name }) => name),
  );

describe("createGatherer", () => {
  it("counts by hour and outcome, and sees a secret where a verify was accepted", () => {
    const gatherer = createGatherer(100, false);
    const notes = [
      ["accepted", NOW_MS],
      ["accepted", NOW_MS + 5],
      ["rate_limited", NOW_MS + 9],
      ["accepted", NOW_MS + HOUR_MS],
      ["accepted", NOW_MS - 7],
    ] as const;
    for (const [outcome, at] of notes) expect(gatherer.note(KEY, "current", ASKED_NOTHING, outcome, at)).toBe(true);
    expect(recordsOf(gatherer)).toEqual([
      {
        tenant: KEY.tenant,
        keyId: KEY.id,
        lastUsedAt: NOW_MS + HOUR_MS,
        counts: [
          { hourAt: HOUR_AT, outcome: "accepted", count: 3 },
          { hourAt: HOUR_AT, outcome: "rate_limited", count: 1 },
          { hourAt: HOUR_AT + HOUR_MS, outcome: "accepted", count: 1 },
        ],
        sightings: [{ kind: "secret", name: "2", firstAt: NOW_MS - 7, lastAt: NOW_MS + HOUR_MS }],
      },
    ]);
  });

  it("a denied verify is no use of the key: it is counted, and nothing else", () => {
    const gatherer = createGatherer(100, true);
    gatherer.note(KEY, "current", { ...ASKED_NOTHING, scopes: ["a:b"], client: "curl/8" }, "revoked", NOW_MS);
    expect(recordsOf(gatherer)).toMatchObject([{ lastUsedAt: null, counts: [{ outcome: "revoked" }], sightings: [] }]);
  });

  it("tells the two secrets of a rotation apart", () => {
    const rotation = {
      previous: KEY.digest,
      previousSecretVersion: 1,
      startedAt: NOW_MS,
      previousEndsAt: NOW_MS + DAY_MS,
      previousExpiresAt: null,
    };
    const gatherer = createGatherer(100, false);
    gatherer.note(aKey({ rotation }), "previous", ASKED_NOTHING, "accepted", NOW_MS);
    gatherer.note(aKey({ rotation }), "current", ASKED_NOTHING, "accepted", NOW_MS + 1);
    expect(namesOf(gatherer, "secret")).toEqual(["1", "2"]);
  });

  it("keeps scopes and clients where evidence is wanted, and only there", () => {
    const request = { ...ASKED_NOTHING, scopes: ["a:b", "c:d"], client: " curl/8 " };
    for (const [evidence, kinds] of [
      [false, ["secret"]],
      [true, ["client", "scope", "scope", "secret"]],
    ] as const) {
      const gatherer = createGatherer(100, evidence);
      gatherer.note(KEY, "current", request, "accepted", NOW_MS);
      const [record] = recordsOf(gatherer);
      expect(record?.sightings.map(({ kind }) => kind)).toEqual(kinds);
      if (evidence) expect(record?.sightings[0]?.name).toBe("curl/8");
    }
  });

  it("a client that names itself anew each time leaves 32 names a day, and one for all others", () => {
    const gatherer = createGatherer(10_000, true);
    for (let index = 0; index < 1_000; index += 1) {
      const request = { ...ASKED_NOTHING, client: `client ${index}` };
      expect(gatherer.note(KEY, "current", request, "accepted", NOW_MS)).toBe(true);
    }
    gatherer.discard(gatherer.take());
    gatherer.note(KEY, "current", { ...ASKED_NOTHING, client: "client 0" }, "accepted", NOW_MS);
    gatherer.note(KEY, "current", { ...ASKED_NOTHING, client: "client 999" }, "accepted", NOW_MS);
    expect(namesOf(gatherer, "client")).toEqual(["(other)", "client 0"]);
    gatherer.note(KEY, "current", { ...ASKED_NOTHING, client: "client 999" }, "accepted", NOW_MS + DAY_MS);
    expect(namesOf(gatherer, "client")).toEqual(["client 999"]);
  });

  it("of a wildcard's scopes it tells 256 a day apart", () => {
    const gatherer = createGatherer(10_000, true);
    for (let index = 0; index < 300; index += 1)
      gatherer.note(KEY, "current", { ...ASKED_NOTHING, scopes: [`project:${index}`] }, "accepted", NOW_MS);
    expect(namesOf(gatherer, "scope")).toHaveLength(257);
  });

  it("says what found no room, and goes on with what it has", () => {
    // The key, a count and a secret.
    const gatherer = createGatherer(3, true);
    const note = (id: string, outcome: "accepted" | "expired", request = ASKED_NOTHING): boolean =>
      gatherer.note(aKey({ id }), "current", request, outcome, NOW_MS);
    expect(note("a", "accepted")).toBe(true);
    expect(note("a", "accepted")).toBe(true);
    expect(note("a", "expired")).toBe(false);
    expect(note("a", "accepted", { ...ASKED_NOTHING, scopes: ["a:b"] })).toBe(false);
    expect(note("a", "accepted", { ...ASKED_NOTHING, client: "curl/8" })).toBe(false);
    expect(note("b", "accepted")).toBe(false);
    expect(gatherer.size()).toBe(3);
    const taken = gatherer.take();
    expect(taken.map(toUsageRecord)).toMatchObject([{ keyId: "a", counts: [{ count: 4 }] }]);
  });

  it("what was taken out keeps its room until it is written; put back, it joins what came since", () => {
    const gatherer = createGatherer(6, false);
    gatherer.note(KEY, "current", ASKED_NOTHING, "accepted", NOW_MS);
    const taken = gatherer.take();
    expect([gatherer.isEmpty(), gatherer.size()]).toEqual([true, 3]);
    gatherer.note(KEY, "current", ASKED_NOTHING, "accepted", NOW_MS - 1);
    expect(gatherer.size()).toBe(6);
    expect(gatherer.note(KEY, "current", ASKED_NOTHING, "expired", NOW_MS)).toBe(false);
    gatherer.putBack(taken);
    expect(gatherer.size()).toBe(3);
    const all = gatherer.take();
    expect(all.map(toUsageRecord)).toMatchObject([
      {
        lastUsedAt: NOW_MS,
        counts: [{ count: 2 }],
        sightings: [{ firstAt: NOW_MS - 1, lastAt: NOW_MS }],
      },
    ]);
    gatherer.discard(all);
    expect(gatherer.size()).toBe(0);
  });
});
