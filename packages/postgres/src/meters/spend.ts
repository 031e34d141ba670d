import type { StoreCapabilities } from "@claviger/core";
import type { Database } from "../client/database.js";
import type { Tables } from "../schema/tables.js";
import type { Charging } from "./charging.js";
import { prepareSpendOnRows } from "./spend-on-rows.js";
import { untilAnswered } from "./until-answered.js";

/**
 * Charges of keys, each named once, on rows of their own: one statement. A key has a row from its first charge on, so that
 * this one takes a second statement. A charge that comes after its key's deletion, as one may that was decided before, makes such a
 * row again: id, tenant and amounts, which bound whoever still spends on the key, and are read by nobody else. To refuse it
 * would take a look at the key's row at every charge.
 */
export function prepareSpend(
  database: Database,
  tables: Tables,
  meterClock: StoreCapabilities["meterClock"],
): Charging {
  const spend = prepareSpendOnRows("there", database, tables, meterClock);
  const first = prepareSpendOnRows("missing", database, tables, meterClock);

  return (requests, nowMs) =>
    untilAnswered(
      requests,
      (open) => spend(open, nowMs),
      (open) => first(open, nowMs),
    );
}
