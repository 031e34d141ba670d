import { openPooledPostgresJs } from "./pooled-clients.js";
import { testStoreThrough } from "./store-suite.js";

testStoreThrough(
  "postgres.js behind a transaction pooler, over a bad line",
  openPooledPostgresJs,
  {},
  { badLine: true },
);
