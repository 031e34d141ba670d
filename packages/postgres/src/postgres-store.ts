import { describeKind, type Store, type StoreCapabilities, withIfUnchanged } from "@claviger/core";
import { isClient, type PostgresClient } from "./client/client.js";
import { createDatabase } from "./client/database.js";
import { prepareAppend } from "./events/append.js";
import { prepareChains } from "./events/chains.js";
import { prepareEraseEvents } from "./events/erase.js";
import { prepareFeed } from "./events/feed.js";
import { preparePurgeEvents } from "./events/purge.js";
import { prepareEvents } from "./events/query.js";
import { prepareFind } from "./keys/find.js";
import { prepareInsert } from "./keys/insert.js";
import { prepareList } from "./keys/list.js";
import { prepareReplace } from "./keys/replace.js";
import { createRowVersions } from "./keys/row-versions.js";
import { prepareConsume } from "./meters/consume.js";
import { prepareConsumeIfUnchanged } from "./meters/consume-if-unchanged.js";
import { prepareRefund } from "./meters/refund.js";
import { prepareReadOwners } from "./owners/read.js";
import { prepareSwitch } from "./owners/switch.js";
import { knownOptions } from "./schema/known-options.js";
import { type TableNames, tablesOf } from "./schema/tables.js";
import { prepareGetSettings } from "./settings/get.js";
import { prepareReplaceSettings } from "./settings/replace.js";
import { HEARING_TIMING, type HearingTiming } from "./signal/hearing.js";
import type { ListenConnection } from "./signal/listen-connection.js";
import { prepareWatch } from "./signal/prepare-watch.js";
import { prepareRecordUsage } from "./usage/record-usage.js";
import { prepareUsage } from "./usage/usage.js";

export interface PostgresStoreOptions extends TableNames {
  /**
   * The application's own: a Pool or Client of pg or of Neon, what postgres.js or `neon()` returns, or a PGlite. The store
   * never ends it. A Client must be in no transaction of the application's while the store is used: `ROLLBACK` would undo a
   * revocation that had resolved. Where the Client tells (`getTransactionStatus`), the store throws.
   */
  readonly client: PostgresClient;
  /**
   * Opens a connection to listen on: `() => pool.connect()`, with a Pool of pg or of Neon, past any transaction pooler. The
   * store keeps one, for as long as somebody watches, and ends it. What cannot be listened on, or takes five seconds, is told with
   * `lost`, ended, and asked for again. Absent: this store tells of the changes that it makes, as
   * every store does, and hears of none.
   */
  readonly listen?: () => Promise<ListenConnection>;
}

/** What tests set. */
interface StoreTesting {
  readonly meterClock?: StoreCapabilities["meterClock"];
  readonly hearingTiming?: HearingTiming;
}

/**
 * A store in the application's PostgreSQL, through its own driver. `migrate` makes the tables. Every operation is one
 * statement, prepared, in a transaction of its own, and needs no session: a transaction pooler may stand between. Only
 * the first charge of a key, one call with charges of several kinds, an insert that finds its owner at the cap, and a deletion take a few. `gcra` charges go by the server's
 * clock, so that processes whose clocks differ share one bound. Inside a transaction of the application's on its Client
 * every operation throws.
 *
 * @throws TypeError a wrong option, naming it, what is allowed and what was given; a transaction of postgres.js
 */
export function postgresStore(options: PostgresStoreOptions): Store;
/** @internal For tests, which play on a clock of their own (`gcra` charges go by the caller's), and wait for no half-minute. */
export function postgresStore(options: PostgresStoreOptions, testing: StoreTesting): Store;
export function postgresStore(
  options: PostgresStoreOptions,
  { meterClock = "store", hearingTiming = HEARING_TIMING }: StoreTesting = {},
): Store {
  if (isClient(options)) throw new TypeError("postgresStore takes its client as an option: postgresStore({ client })");
  const known = knownOptions("postgresStore", ["client", "schema", "tablePrefix", "listen"], options);
  const { client, listen, ...names } = known;
  if (listen !== undefined && typeof listen !== "function") {
    throw new TypeError(
      `listen must be a function that opens a connection, () => pool.connect(); got ${describeKind(listen)}`,
    );
  }
  const tables = tablesOf(names);
  const database = createDatabase(client, tables);
  const versions = createRowVersions();
  const find = prepareFind(database, tables, versions);
  const switchOwner = prepareSwitch(database, tables);
  const signal = listen === undefined ? undefined : prepareWatch(database, tables, listen, hearingTiming);
  return {
    capabilities: Object.freeze({
      meterClock,
      lists: "current",
      sharedMeters: true,
      signal: signal === undefined ? "none" : "sent",
    }),
    find,
    insert: prepareInsert(database, tables),
    replace: prepareReplace(database, tables),
    list: prepareList(database, tables),
    consume: withIfUnchanged(
      prepareConsume(database, tables, meterClock),
      find,
      prepareConsumeIfUnchanged(database, tables, meterClock, versions),
    ),
    refund: prepareRefund(database, tables),
    recordUsage: prepareRecordUsage(database, tables),
    usage: prepareUsage(database, tables),
    append: prepareAppend(database, tables),
    events: prepareEvents(database, tables),
    feed: prepareFeed(database, tables),
    eraseEvents: prepareEraseEvents(database, tables),
    purgeEvents: preparePurgeEvents(database, tables),
    chains: prepareChains(database, tables),
    ...(signal !== undefined && { watch: signal.watch }),
    settings: {
      get: prepareGetSettings(database, tables),
      replace: prepareReplaceSettings(database, tables),
    },
    owners: {
      read: prepareReadOwners(database, tables),
      suspend: (event) => switchOwner(event, event.at),
      resume: (event) => switchOwner(event, null),
    },
    close: async () => signal?.close(),
  };
}
