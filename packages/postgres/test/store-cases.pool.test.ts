import { openPool } from "./clients.js";
import { testStoreThrough } from "./store-suite.js";

testStoreThrough("a Pool of pg", openPool);
