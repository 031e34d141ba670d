import postgres from "postgres";
import { openPostgresJs } from "./clients.js";
import { testStoreThrough } from "./store-suite.js";

// An application may have told its driver to rename columns; the store's statements must not care.
testStoreThrough("postgres.js", () => openPostgresJs({ transform: postgres.pascal }));
