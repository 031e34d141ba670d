import type { ChainPage, ChainQuery, KeyChain } from "@claviger/core";
import type { Database } from "./database.js";

interface ChainRow {
  readonly keyId: string;
  readonly version: number;
  readonly head: string | null;
  /** Both null: nothing was purged of the chain. */
  readonly anchorVersion: number | null;
  readonly anchorHash: string | null;
}

/** In the order of ids, tombstones included. */
export function chains(database: Database, { tenant, keyId, after = "", limit }: ChainQuery): ChainPage {
  const rows = database.all<ChainRow>(
    `SELECT keys.id AS keyId, keys.version, keys.entry ->> '$.head' AS head,
            anchors.version AS anchorVersion, anchors.hash AS anchorHash
     FROM keys LEFT JOIN anchors ON anchors.key_id = keys.id
     WHERE keys.tenant = ? AND ${keyId === undefined ? "keys.id > ?" : "keys.id = ?"} ORDER BY keys.id LIMIT ?`,
    [tenant, keyId ?? after, limit + 1],
  );
  const items = rows.slice(0, limit).map(fromChainRow);
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last !== undefined && { next: last.keyId }) };
}

function fromChainRow({ keyId, version, head, anchorVersion, anchorHash }: ChainRow): KeyChain {
  const anchor = anchorVersion === null || anchorHash === null ? null : { version: anchorVersion, hash: anchorHash };
  return { keyId, version, head, anchor };
}
