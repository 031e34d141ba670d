import type { EventLog } from "@claviger/core";
import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { claim } from "./claim.js";
import { log } from "./log.js";

export function prepareAppend(database: Database): EventLog["append"] {
  return (events) =>
    inTurns(events, async (event) => {
      if ((await claim(database, event, crypto.randomUUID())) !== "other") await log(database, event);
    });
}
