import { openPool } from "./clients.js";
import { testStoreThrough } from "./store-suite.js";

testStoreThrough("a reserved word and names as long as may be", openPool, {
  schema: "select",
  tablePrefix: "p".repeat(48),
});
