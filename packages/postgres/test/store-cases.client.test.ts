import { openClient } from "./clients.js";
import { testStoreThrough } from "./store-suite.js";

testStoreThrough("a Client of pg, in a schema and under a prefix of its own", openClient, {
  schema: "keys_of_mine",
  tablePrefix: "a_",
});
