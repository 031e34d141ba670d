import { deepFreeze, limitStates, notFound, ReadyKey } from "@claviger/core";
import type { Shell } from "../shell.js";
import { checkedId } from "../verbs/change.js";
import { chargeRequest, sharedBy } from "./charge-request.js";
import { consumeOne } from "./consume-one.js";
import type { LimitManager } from "./limit-manager.js";
import { refund } from "./refund.js";

/** What is spent of the limits of one tenant's keys. */
export function createLimitManager(shell: Shell, tenant: string): LimitManager {
  return Object.freeze({
    async peek(id) {
      const keyId = checkedId(id);
      const [key] = await shell.store.find([keyId], tenant);
      if (key === undefined || key.state === "destroyed") throw notFound(keyId);
      const shared = sharedBy(await shell.gates.of(key));
      const { limits } = key;
      if (limits.length === 0 && shared === undefined) return deepFreeze([]);
      const nowMs = shell.clock();
      const told = await consumeOne(shell, chargeRequest(new ReadyKey(key), key.limits, shared, 1, 0, nowMs), nowMs);
      return deepFreeze(limitStates(limits, nowMs, told, shared));
    },
    refund: async (verdict) => refund(shell, tenant, verdict),
  } satisfies LimitManager);
}

/** The same for the bare keyring, whose `verify` accepts keys of every tenant: so it refunds them, too. */
export function createKeyringLimits(shell: Shell, tenant: string): LimitManager {
  return Object.freeze({
    ...createLimitManager(shell, tenant),
    refund: async (verdict: unknown) => refund(shell, undefined, verdict),
  });
}
