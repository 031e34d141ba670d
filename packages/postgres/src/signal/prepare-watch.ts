import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";
import { channelOf } from "./channel.js";
import type { HearingTiming } from "./hearing.js";
import type { ListenConnection } from "./listen-connection.js";
import { createWatch, type Watch } from "./watch.js";

export function prepareWatch(
  database: Database,
  tables: Tables,
  connect: () => Promise<ListenConnection>,
  timing: HearingTiming,
): Watch {
  const channel = channelOf(tables);
  // The database draws it, since a store has no randomness of its own.
  const draw = statement<string>("SELECT pg_catalog.to_json(pg_catalog.gen_random_uuid())::text");
  const say = statement<number>(`
    WITH said AS MATERIALIZED (
      SELECT pg_catalog.pg_notify(
        '${channel}', pg_catalog.json_build_object('kind', 'nonce', 'nonce', $1::text)::text
      )
    )
    SELECT pg_catalog.to_json(pg_catalog.count(*))::text FROM said`);
  return createWatch({
    connect,
    channel,
    drawNonce: async () => {
      const [nonce] = await database.run(draw, []);
      if (nonce === undefined) throw new Error("a draw gave no nonce");
      return nonce;
    },
    sayNonce: async (nonce) => {
      await database.run(say, [nonce]);
    },
    timing,
  });
}
