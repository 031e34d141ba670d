import type { EventLog } from "@claviger/core";
import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { requireAddressable } from "../table/addresses.js";
import { claim } from "./claim.js";
import { logNote } from "./log.js";

export function prepareAppend(database: Database): EventLog["append"] {
  return async (events) => {
    for (const { tenant, keyId } of events) {
      requireAddressable("tenant", tenant);
      if (keyId !== undefined) requireAddressable("keyId", keyId);
    }
    await inTurns(events, async (event) => {
      if ((await claim(database, event, crypto.randomUUID())) !== "other") await logNote(database, event);
    });
  };
}
