import type { ChargeRequest, ChargeResult, MeterStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { createLanes } from "../client/lanes.js";
import { isAddressable, scopedName } from "../table/addresses.js";
import { createLastSeen } from "./last-seen.js";
import { spend, type Writer } from "./spend.js";

const US_PER_MS = 1000;
const KEYS_REMEMBERED = 10_000;

/** A lane a key: at most one write of this process is under way to it, and what comes meanwhile goes with the next. */
export function prepareConsume(database: Database, writerName: string): MeterStore["consume"] {
  const lastSeen = createLastSeen(KEYS_REMEMBERED);
  let written = 0;
  const writer: Writer = {
    name: writerName,
    nextNumber: () => {
      written += 1;
      return written;
    },
  };
  const lanes = createLanes<ChargeRequest, Omit<ChargeResult, "nowUs">>(async (_, requests) => {
    const [first] = requests;
    return first === undefined ? [] : spend(database, lastSeen, writer, first, requests);
  });
  return async (requests, nowMs) => {
    const byKey = new Map<string, number[]>();
    const results = new Map<number, ChargeResult>();
    requests.forEach(({ tenant, keyId, charges }, place) => {
      if (!isAddressable(tenant) || !isAddressable(keyId)) {
        results.set(place, { admitted: 0, meters: charges.map(() => null), nowUs: nowMs * US_PER_MS });
        return;
      }
      const name = scopedName(tenant, keyId);
      byKey.set(name, [...(byKey.get(name) ?? []), place]);
    });
    await Promise.all(
      [...byKey].map(async ([name, places]) => {
        const spent = await lanes(
          name,
          places.flatMap((place) => requests[place] ?? []),
        );
        places.forEach((place, index) => {
          const result = spent[index];
          if (result !== undefined) results.set(place, { ...result, nowUs: nowMs * US_PER_MS });
        });
      }),
    );
    return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
  };
}
