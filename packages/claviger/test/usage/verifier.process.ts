import { postgresStore } from "@claviger/postgres";
import { answerParent } from "@claviger/testing/forked";
import pg from "pg";
import { createKeyring } from "../../src/create-keyring.js";

/** Verifies so many times, and answers with how many were accepted. */
answerParent<{ readonly url: string; readonly token: string }, number, number>(async ({ url, token }) => {
  const keyring = createKeyring({
    store: postgresStore({ client: new pg.Pool({ connectionString: url, max: 2 }) }),
    prefix: "acme_live",
    usage: { flushIntervalMs: 100 },
  });
  return async (times) => {
    const verdicts = await Promise.all(Array.from({ length: times }, () => keyring.verify(token)));
    return verdicts.filter(({ ok }) => ok).length;
  };
});
