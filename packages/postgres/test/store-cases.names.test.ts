import { openPool } from "./clients.js";
import { testStoreThrough } from "./store-suite.js";

testStoreThrough("names as long as may be", openPool, { schema: "s".repeat(48), tablePrefix: "p".repeat(48) });
testStoreThrough("names that are reserved words", openPool, { schema: "select", tablePrefix: "user" });
