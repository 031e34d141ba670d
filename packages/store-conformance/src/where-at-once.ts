import assert from "node:assert/strict";
import type { ChargeRequest, ChargeResult, Store } from "@claviger/core";
import { NOW_MS } from "./samples.js";
import type { Suite } from "./suite.js";

type ChargeNow = (request: ChargeRequest) => ChargeResult;

/**
 * Declares tests of charges at once; of a store that has none, each asserts that it does not have them by another spelling
 * either, under which nobody would look.
 */
export function whereAtOnce({
  it,
  createStore,
}: Suite): (title: string, body: (store: Store, chargeNow: ChargeNow) => Promise<void>) => void {
  return (title, body) =>
    it(`consume.atOnce: ${title}; where there is none, there is none of a like name`, async () => {
      const store = await createStore();
      const { atOnce } = store.consume;
      if (atOnce !== undefined) return body(store, (request) => atOnce(request, NOW_MS));
      const alike = Object.keys(store.consume).filter((name) => name !== "atOnce" && /once/i.test(name));
      return assert.deepEqual(alike, []);
    });
}
