import { answerParent } from "@claviger/testing";
import pg from "pg";
import { postgresStore } from "../src/postgres-store.js";
import { openKeyring, verifyAtOnce } from "./exactness.js";

/** So many verifies at once of tokens by turns. */
export interface Load {
  readonly tokens: readonly string[];
  readonly times: number;
  readonly cost?: number;
}

answerParent<string, Load, number>(async (url) => {
  const keyring = openKeyring(postgresStore({ client: new pg.Pool({ connectionString: url, max: 10 }) }));
  return async ({ tokens, times, cost }) => (await verifyAtOnce(keyring, tokens, times, cost)).admitted;
});
