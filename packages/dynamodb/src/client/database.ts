import { createFeedWriter } from "../feed/enter-feed.js";
import type { Waiting } from "./backoff.js";
import type { DynamoClient } from "./client.js";
import type { ItemKey } from "./item.js";
import { createReads, type Reads } from "./reads.js";
import { createSender } from "./sender.js";
import { createWrites, type Writes } from "./writes.js";

/** The table, item by item. */
export interface Table extends Reads, Writes {
  readonly waiting: Waiting;
}

/** The table, and this process's way into the feed. */
export interface Database extends Table {
  /** Gives an event in the log its place in the feed, behind all that have one; once more where it has one. */
  readonly enterFeed: (logged: ItemKey) => Promise<void>;
}

export function createDatabase(client: DynamoClient, name: string, waiting: Waiting): Database {
  const send = createSender(name, waiting);
  const reads = createReads(client, name, send, waiting);
  const table: Table = { ...reads, ...createWrites(client, name, send, reads), waiting };
  return { ...table, enterFeed: createFeedWriter(table) };
}
