import { openPool } from "./clients.js";
import { testStoreThrough } from "./store-suite.js";

// As in production: by the server's clock, and beside others.
testStoreThrough("a Pool of pg", openPool, {}, { meterClock: "store", shared: true, listens: true });
