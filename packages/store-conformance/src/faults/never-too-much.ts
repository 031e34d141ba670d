import assert from "node:assert/strict";
import fc from "fast-check";
import { consumeOne, credits, requestOf } from "../charge-sample.js";
import { freshId, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { underFaults, verdictOf } from "./faulty-world.js";

const LIMIT = 6;
const METERS = ["window:a", "window:b"];
const units = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 10 });

export function neverTooMuch(suite: Suite): void {
  underFaults(
    suite,
    "promise 3, under faults: no more is admitted than the limit, and each meter is charged alike",
    units,
    async ({ line, store, settle }, calls) => {
      const charges = METERS.map((meter) => credits(LIMIT, 1, meter));
      const request = requestOf(charges);
      const results = await Promise.all(
        calls.map((units) => line.consume([{ ...request, units }], NOW_MS).catch(() => [])),
      );
      await settle();
      const admitted = results.flat().reduce((sum, result) => sum + result.admitted, 0);
      const tooMuch = METERS.map((meter) => credits(LIMIT, LIMIT + 1, meter));
      const { meters } = await consumeOne(store, { ...request, charges: tooMuch });
      const [a = 0, b = 0] = meters.map((meter) => (meter?.form === "window" ? meter.used : 0));
      assert.equal(a, b, "all or nothing, whatever was lost or came twice");
      assert.ok(admitted <= a && a <= LIMIT, `${admitted} admitted, ${a} spent, of ${LIMIT}`);
    },
  );

  underFaults(
    suite,
    "promise 3, under faults: what verify refuses has spent nothing",
    fc.integer({ min: 1, max: 6 }),
    async ({ sound, faulty, settle }, refusals) => {
      const limits = [{ name: "once", kind: "credits", limit: 1 }] as const;
      const { key, token } = await sound.create({ owner: freshId(), name: "Of one credit", limits });
      const met = await Promise.all(
        Array.from({ length: refusals }, () => verdictOf(faulty, token, ["invoices:read"])),
      );
      await settle();
      assert.ok(met.every((code) => code === "insufficient_scope" || code === "store_unavailable"));
      assert.equal(await verdictOf(sound, token), "ok");
      assert.equal(await verdictOf(sound, token), "quota_exceeded");
      await sound.delete(key.id);
    },
  );
}
