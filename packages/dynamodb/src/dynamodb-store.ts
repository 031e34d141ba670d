import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Store } from "@claviger/core";
import { REAL_WAITING, type Waiting } from "./client/backoff.js";
import { isClient } from "./client/client.js";
import { createDatabase } from "./client/database.js";
import { prepareAppend } from "./events/append.js";
import { prepareEraseEvents } from "./events/erase-events.js";
import { prepareEvents } from "./events/events.js";
import { preparePurgeEvents } from "./events/purge-events.js";
import { prepareFeed } from "./feed/feed.js";
import { prepareChains } from "./keys/chains.js";
import { prepareFind } from "./keys/find.js";
import { prepareInsert } from "./keys/insert.js";
import { prepareList } from "./keys/list.js";
import { prepareReplace } from "./keys/replace.js";
import { prepareMeters } from "./meters/meters.js";
import { prepareOwners } from "./owners/standing.js";
import { prepareSettings } from "./settings/settings.js";
import { clientOption, knownOptions, tableOption } from "./table/options.js";
import { prepareRecordUsage } from "./usage/record-usage.js";
import { prepareUsage } from "./usage/usage.js";

export interface DynamodbStoreOptions {
  /** The application's own DynamoDBClient. The store never destroys it. */
  readonly client: Pick<DynamoDBClient, "send">;
  /** What `createTable`, or a template, has made. */
  readonly table: string;
}

/**
 * A store in one table of the application's DynamoDB. Every write is one conditional write of one item: what belongs
 * together rides in one item, or is made whole by whoever comes next. Reads by primary key are strongly consistent;
 * lists, and a tenant's events, go through indexes that lag.
 *
 * @throws TypeError a wrong option, naming it, what is allowed and what was given
 */
export function dynamodbStore(options: DynamodbStoreOptions): Store;
/** @internal For tests, which wait for nothing. */
export function dynamodbStore(options: DynamodbStoreOptions, waiting: Waiting): Store;
export function dynamodbStore(options: DynamodbStoreOptions, waiting: Waiting = REAL_WAITING): Store {
  if (isClient(options)) {
    throw new TypeError("dynamodbStore takes its client as an option: dynamodbStore({ client, table })");
  }
  const { client, table } = knownOptions("dynamodbStore", ["client", "table"], options);
  const database = createDatabase(clientOption(client), tableOption(table), waiting);
  return {
    capabilities: Object.freeze({ meterClock: "caller", lists: "lagging", sharedMeters: false, signal: "none" }),
    find: prepareFind(database),
    insert: prepareInsert(database),
    replace: prepareReplace(database),
    list: prepareList(database),
    ...prepareMeters(database, crypto.randomUUID().slice(-12)),
    recordUsage: prepareRecordUsage(database),
    usage: prepareUsage(database),
    append: prepareAppend(database),
    events: prepareEvents(database),
    feed: prepareFeed(database),
    eraseEvents: prepareEraseEvents(database),
    purgeEvents: preparePurgeEvents(database),
    chains: prepareChains(database),
    settings: prepareSettings(database),
    owners: prepareOwners(database),
    close: async () => {},
  };
}
