import type { LimitInput } from "@claviger/core";
import type { Verdict } from "claviger";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";
import { LIMIT, LIMITS, openKeyring, verifyAtOnce } from "./exactness.js";

describe("promise 3: through whole keyrings, whose charges go in batches", () => {
  let opened: TestClient<pg.Pool>;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
  });
  afterAll(() => opened.end());

  const open = () => openKeyring(postgresStore({ client: opened.client }));

  it.each(Object.entries(LIMITS))(`of 1,000 verifies at once ${LIMIT} are admitted: %s`, async (_, limit) => {
    const keyring = open();
    const { token } = await keyring.create({ owner: "anna", name: "Hot", limits: [limit] });
    const { admitted, verdicts } = await verifyAtOnce(keyring, [token], 1_000);
    expect(admitted).toBe(LIMIT);
    const told = remainingOf(verdicts.filter(({ ok }) => ok));
    expect(told).toHaveLength(LIMIT);
    for (const [spent, remaining] of told.entries()) {
      const left = LIMIT - 1 - spent;
      // Of a batch all is charged when the latest of it came, and each is told what was left when it came itself: the unit
      // that is not whole again between the two is not told.
      expect(isGcra(limit) && left > 0 ? [left, left - 1] : [left]).toContain(remaining);
    }
    expect(remainingOf(verdicts.filter(({ ok }) => !ok))).toEqual(Array.from({ length: 1_000 - LIMIT }, () => 0));
  });

  it.each(Object.entries(LIMITS))("at a cost of 3 there are 33, and one of 1 fits after them: %s", async (_, limit) => {
    const keyring = open();
    const { token } = await keyring.create({ owner: "anna", name: "Costly", limits: [limit] });
    expect((await verifyAtOnce(keyring, [token], 200, 3)).admitted).toBe(33);
    expect((await verifyAtOnce(keyring, [token], 5)).admitted).toBe(1);
  });

  it("what a second limit refuses spends no credits, of any of many keys", async () => {
    const keyring = open();
    const limits = [LIMITS.credits, { ...LIMITS["fixed window"], name: "few", limit: 7 }];
    const made = await Promise.all(
      Array.from({ length: 20 }, () => keyring.create({ owner: "anna", name: "Two limits", limits })),
    );
    const { admitted } = await verifyAtOnce(
      keyring,
      made.map(({ token }) => token),
      600,
    );
    expect(admitted).toBe(20 * 7);
    for (const { token } of made) {
      const { limits: states = [] } = await keyring.verify(token);
      expect(states.map(({ remaining }) => remaining)).toEqual([LIMIT - 7, 0]);
    }
  });

  it("keys of one owner are admitted as often as his limit allows, by two keyrings at once", async () => {
    const settings = { ownerLimits: [{ ...LIMITS.credits, limit: 30 }] };
    const keyring = open();
    await keyring.tenant("sharing").settings.update(settings);
    const owned = await Promise.all(
      Array.from({ length: 6 }, () =>
        keyring.tenant("sharing").create({ owner: "bert", name: "Shares", limits: [LIMITS.credits] }),
      ),
    );
    const tokens = owned.map(({ token }) => token);
    const both = await Promise.all([keyring, open()].map((each) => verifyAtOnce(each, tokens, 150)));
    expect(both.reduce((sum, { admitted }) => sum + admitted, 0)).toBe(30);
  });
});

/** What each was told to be left of the one limit, most first. */
function remainingOf(verdicts: readonly Verdict<string>[]): readonly number[] {
  return verdicts.flatMap(({ limits = [] }) => limits.map(({ remaining }) => remaining)).sort((a, b) => b - a);
}

function isGcra(limit: LimitInput): boolean {
  return limit === LIMITS.gcra;
}
