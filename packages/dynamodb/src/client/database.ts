import type { Waiting } from "./backoff.js";
import type { DynamoClient } from "./client.js";
import { createReads, type Reads } from "./reads.js";
import { createSender } from "./sender.js";
import { createWrites, type Writes } from "./writes.js";

/** The table, item by item. */
export interface Database extends Reads, Writes {
  readonly waiting: Waiting;
}

export function createDatabase(client: DynamoClient, table: string, waiting: Waiting): Database {
  const send = createSender(table, waiting);
  const reads = createReads(client, table, send, waiting);
  return { ...reads, ...createWrites(client, table, send, reads), waiting };
}
