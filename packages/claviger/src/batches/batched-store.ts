import type { ChargeRequest, FoundCharge, OwnerRef, OwnerStanding, StoredKey, TenantSettings } from "@claviger/core";
import { ownerName } from "../gates/known-gates.js";
import { instead } from "../store/instead.js";
import type { PlainStore } from "../store/plain-store.js";
import { createChargeLanes } from "./charge-lanes.js";
import { ChargeAsk } from "./fold-charges.js";
import { createLanding } from "./landing.js";
import { createReadLanes } from "./read-lanes.js";
import { createTicker } from "./ticker.js";

/**
 * A store of which what verifies ask for goes together while round trips are under way: keys by id, charges, and the
 * gates. A call that asks for several is a batch already, and goes by itself, as does all that manages.
 *
 * To close waits for what was asked for, which the deadline bounds.
 *
 * @param inner methods that need no `this`
 */
export function batchedStore(inner: PlainStore): PlainStore {
  const ticker = createTicker();
  const turns = { ticker, landing: createLanding() };
  const finds = createReadLanes<string, StoredKey | undefined>((ids) => inner.find(ids), String, turns);
  const settings = createReadLanes<string, TenantSettings | undefined>(inner.settings.get, String, turns);
  const owners = createReadLanes<OwnerRef, OwnerStanding>(inner.owners.read, ownerName, turns);
  const charges = createChargeLanes<ChargeRequest>(inner.consume, turns);
  const { consumeIfUnchanged } = inner;
  const foundCharges = consumeIfUnchanged && createChargeLanes<FoundCharge, null>(consumeIfUnchanged, turns);

  return {
    ...inner,
    find(ids, tenant) {
      if (tenant !== undefined) return inner.find(ids, tenant);
      const [id] = ids;
      return id !== undefined && ids.length === 1 ? finds.call(id) : inner.find(ids);
    },
    consume: instead(inner.consume, (requests: readonly ChargeRequest[], nowMs: number) => {
      const [request] = requests;
      if (request === undefined || requests.length > 1) return inner.consume(requests, nowMs);
      return charges.call(new ChargeAsk(request, nowMs));
    }),
    ...(foundCharges && {
      consumeIfUnchanged: async ([request]: readonly FoundCharge[], nowMs: number) =>
        request ? foundCharges.call(new ChargeAsk(request, nowMs)) : [],
    }),
    settings: {
      ...inner.settings,
      get: instead(inner.settings.get, (tenants: readonly string[]) => {
        const [tenant] = tenants;
        return tenant !== undefined && tenants.length === 1 ? settings.call(tenant) : inner.settings.get(tenants);
      }),
    },
    owners: {
      ...inner.owners,
      read: instead(inner.owners.read, (asked: readonly OwnerRef[]) => {
        const [owner] = asked;
        return owner !== undefined && asked.length === 1 ? owners.call(owner) : inner.owners.read(asked);
      }),
    },
    async close() {
      await Promise.all([finds, settings, owners, charges, foundCharges].map((lanes) => lanes?.idle()));
      ticker.stop();
      await inner.close();
    },
  };
}
