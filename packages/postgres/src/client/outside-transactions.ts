import type { PgClient } from "./client.js";
import type { Sender } from "./sender.js";

/**
 * A sender that refuses to work inside a transaction of the application's, as far as the client tells. It is looked at
 * again after the answer, since a `BEGIN` may have been queued in the driver before the question; the store's own
 * statements leave no transaction open.
 */
export function outsideTransactions(client: PgClient, send: Sender): Sender {
  return async (question, values) => {
    refuseInside(client);
    const rows = await send(question, values);
    refuseInside(client);
    return rows;
  };
}

function refuseInside(client: PgClient): void {
  const status = client.getTransactionStatus?.();
  if (status === "T" || status === "E") {
    throw new Error(
      "the client is inside a transaction of yours: what the store did would not last, should that be rolled back. Give the store a Pool, or a Client of its own",
    );
  }
}
