import { ClavigerError } from "@claviger/core";
import { postgresStore } from "@claviger/postgres";
import { answerParent } from "@claviger/testing/forked";
import pg from "pg";
import { createKeyring } from "../../src/create-keyring.js";

export interface WriterOptions {
  readonly url: string;
}

/** Changes a key; the reason tells the change from every other. */
export interface Order {
  readonly keyId: string;
  readonly reason: string;
}

answerParent<WriterOptions, Order, "done">(async ({ url }) => {
  const store = postgresStore({ client: new pg.Pool({ connectionString: url, max: 8 }) });
  const keyring = createKeyring({ store, prefix: "acme_live", usage: false });
  return async ({ keyId, reason }) => {
    for (;;) {
      try {
        await keyring.update(keyId, { name: reason }, { reason });
        return "done";
      } catch (error) {
        if (!(error instanceof ClavigerError && error.code === "conflict")) throw error;
      }
    }
  };
});
