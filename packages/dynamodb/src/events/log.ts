import type { AuditEvent } from "@claviger/core";
import type { Database } from "../client/database.js";
import { logAddress } from "../table/addresses.js";
import { eventAttributes } from "./log-item.js";

const NOT_LOGGED = "attribute_not_exists(#pk)";

/** Puts an event into the log; one that is there is left as it is. */
export async function log(database: Database, event: AuditEvent): Promise<void> {
  const address = logAddress(event.tenant, event.keyId, event);
  await database.put(address, eventAttributes(event), { condition: NOT_LOGGED });
}

/** Whether an event is in the log: then what it tells of was done, and done with it. */
export async function isLogged(database: Database, event: AuditEvent): Promise<boolean> {
  return (await database.get(logAddress(event.tenant, event.keyId, event))) !== undefined;
}
