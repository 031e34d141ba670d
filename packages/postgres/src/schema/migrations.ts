import { createTables } from "./0001-create-tables.js";
import { addUsageAndSettings } from "./0002-add-usage-and-settings.js";
import { indexEvents } from "./0003-index-events.js";
import { addHeads } from "./0004-add-heads.js";
import { indexKeys } from "./0005-index-keys.js";
import { orderEvents } from "./0006-order-events.js";
import type { Tables } from "./tables.js";

/**
 * In order; never edited once released, only followed by further ones. The version of a schema is how many it has had.
 * Each is one transaction, which keeps every lock to its end: what holds the keys must not take long.
 */
export const MIGRATIONS: readonly ((tables: Tables) => readonly string[])[] = [
  createTables,
  addUsageAndSettings,
  indexEvents,
  addHeads,
  indexKeys,
  orderEvents,
];
