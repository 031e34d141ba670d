import { openPooledPool } from "./pooled-clients.js";
import { testStoreThrough } from "./store-suite.js";

testStoreThrough("a Pool of pg behind a transaction pooler", openPooledPool);
