import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aKey, KEYS_BY_STATUS, NOW } from "../../test/a-key.js";
import type { ListedStatus } from "../key/key-state.js";
import { statusAt } from "./status.js";

const someTime = fc.integer({ min: 0, max: 7_258_118_400_000 });
const liveState = fc.constantFrom("active" as const, "disabled" as const);
const terminalState = fc.constantFrom("revoked" as const, "compromised" as const);

describe("statusAt", () => {
  it.each(Object.entries(KEYS_BY_STATUS))("tells %s", (status, keys) => {
    for (const key of keys) expect(statusAt(key, NOW)).toBe(status);
  });

  it("QL-13 is expired at expiresAt and ever after, and not a millisecond before", () => {
    fc.assert(
      fc.property(someTime, fc.nat(), liveState, (expiresAt, laterMs, state) => {
        const key = aKey({ state, expiresAt, notBefore: null });
        expect(statusAt(key, expiresAt + laterMs)).toBe("expired");
        expect(statusAt(key, expiresAt - 1)).toBe(state);
      }),
    );
  });

  it("is pending until notBefore, and active from that very millisecond", () => {
    fc.assert(
      fc.property(someTime, fc.nat(), (notBefore, ms) => {
        const key = aKey({ notBefore, expiresAt: null });
        expect(statusAt(key, notBefore + ms)).toBe("active");
        expect(statusAt(key, notBefore - 1 - ms)).toBe("pending");
      }),
    );
  });

  it("never leaves a terminal state, whatever the dates and the time", () => {
    const date = fc.option(fc.oneof(someTime, fc.constant(Number.NaN)));
    fc.assert(
      fc.property(terminalState, date, date, someTime, (state, expiresAt, notBefore, nowMs) => {
        expect(statusAt({ state, expiresAt, notBefore }, nowMs)).toBe(state);
      }),
    );
  });

  it("once expired stays expired as time goes on", () => {
    const date = fc.option(someTime);
    fc.assert(
      fc.property(liveState, date, date, someTime, fc.nat(), (state, expiresAt, notBefore, nowMs, laterMs) => {
        const key = { state, expiresAt, notBefore };
        fc.pre(statusAt(key, nowMs) === "expired");
        expect(statusAt(key, nowMs + laterMs)).toBe("expired");
      }),
    );
  });

  it("fails closed on a stored date that is no number", () => {
    const noNumber = fc.constantFrom<unknown>(Number.NaN, undefined, "31/12/2020", {}, new Date("x"));
    fc.assert(
      fc.property(noNumber, liveState, someTime, (broken, state, nowMs) => {
        expect(statusAt({ state, expiresAt: broken as number, notBefore: null }, nowMs)).toBe("expired");
        const unbegun = statusAt({ state: "active", expiresAt: null, notBefore: broken as number }, nowMs);
        expect(unbegun).toBe("pending" satisfies ListedStatus);
      }),
    );
  });

  it("throws at a state that there is not, rather than call it something", () => {
    const state = "enabled" as "active";
    expect(() => statusAt(aKey({ state }), NOW)).toThrow(TypeError);
  });
});
