import { openClient } from "./clients.js";
import { testStoreThrough } from "./store-suite.js";

testStoreThrough(
  "a Client of pg, under a reserved word and a prefix as long as may be, with a connection to listen on",
  openClient,
  { schema: "select", tablePrefix: "p".repeat(48) },
  { listens: true },
);
