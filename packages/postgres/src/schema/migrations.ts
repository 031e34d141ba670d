import { createTables } from "./0001-create-tables.js";
import { addUsageAndSettings } from "./0002-add-usage-and-settings.js";
import type { Tables } from "./tables.js";

/** In order; never edited once released, only followed by further ones. The version of a schema is how many it has had. */
export const MIGRATIONS: readonly ((tables: Tables) => readonly string[])[] = [createTables, addUsageAndSettings];
