import assert from "node:assert/strict";
import { consumeOne, credits, metersNow, requestOf, sharing, usedOf } from "../charge-sample.js";
import { atOnce, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { whereShared } from "../where-shared.js";

const CALLERS = 20;
const KEYS = 10;
const LIMIT = 60;

export function consumeSharedRace(suite: Suite): void {
  const shared = whereShared(suite);

  shared(
    `promise 3: ${CALLERS} callers, each over ${KEYS} keys of one owner, admit exactly ${LIMIT}, and spend no more`,
    async (store) => {
      const { tenant } = requestOf([]);
      const keys = Array.from({ length: KEYS }, () =>
        sharing(requestOf([credits(1_000)], { tenant }), [credits(LIMIT)], [credits(1_000)]),
      );
      const results = await atOnce(CALLERS, (caller) =>
        Promise.all(keys.map((_, index) => consumeOne(store, keys[(index + caller) % KEYS] ?? requestOf([])))),
      );
      const admitted = results.flat().reduce((sum, each) => sum + each.admitted, 0);
      assert.equal(admitted, LIMIT);
      const ofKeys = await Promise.all(keys.map((key) => metersNow(store, key)));
      const used = ofKeys.map(usedOf);
      assert.equal(
        used.reduce((sum, [own]) => sum + (own ?? 0), 0),
        LIMIT,
      );
      assert.ok(used.every(([, ofOwner, ofTenant]) => ofOwner === LIMIT && ofTenant === LIMIT));
    },
  );

  shared(
    "workers over overlapping keys, owners and tenants, each in an order of its own, meet no deadlock, and every limit is exact",
    async (store) => {
      const tenants = [requestOf([]).tenant, requestOf([]).tenant];
      const requests = Array.from({ length: 8 }, (_, index) =>
        sharing(
          requestOf([credits(1_000)], { tenant: tenants[index % 2] ?? "" }),
          [credits(15)],
          [credits(25)],
          `owner ${index % 4}`,
        ),
      );
      const admitted = await atOnce(CALLERS, async (worker) => {
        const rotated = [...requests.slice(worker % 8), ...requests.slice(0, worker % 8)];
        const results = await store.consume(worker % 2 === 0 ? rotated : rotated.reverse(), NOW_MS);
        return results.reduce((sum, each) => sum + each.admitted, 0);
      });
      assert.equal(
        admitted.reduce((sum, each) => sum + each, 0),
        50,
      );
      for (const request of requests) {
        const [, ofOwner, ofTenant] = usedOf(await metersNow(store, request));
        assert.ok((ofOwner ?? 0) <= 15);
        assert.equal(ofTenant, 25);
      }
    },
  );
}
