import { PGlite } from "@electric-sql/pglite";
import { testStoreThrough } from "./store-suite.js";

testStoreThrough("a PGlite", async () => {
  const client = await PGlite.create();
  return { client, url: "", end: () => client.close() };
});
