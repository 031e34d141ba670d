import type pg from "pg";
import { type Contestant, type Given, nothingToClose } from "../contestant.js";
import { idOf } from "./floor.js";
import { readersOf } from "./readers-of.js";

const SELECT = {
  name: "bare_select",
  text: "SELECT id, tenant, owner, state, scopes, expires_at, digest_hex FROM claviger.keys WHERE id = $1",
};
const UPDATE = {
  name: "bare_update",
  text: "UPDATE bench.counters SET used = used + 1 WHERE key_id = $1 AND used < 1000000000000 RETURNING used",
};

/**
 * The read that a verify written by hand would make: one named SELECT by primary key, over the same rows, of the columns
 * that it would need. It compares nothing.
 */
export function bareSelect(pool: pg.Pool, given: Given): Contestant {
  return {
    name: "bare SELECT",
    ...readersOf(given),
    verify: (token) => pool.query({ ...SELECT, values: [idOf(token)] }),
    accepts: hasRow,
    close: nothingToClose,
  };
}

/** The least that counting takes: one named, guarded UPDATE of a counter by primary key, as exact as can be. */
export function bareUpdate(pool: pg.Pool, given: Given): Contestant {
  return {
    name: "bare UPDATE",
    ...readersOf(given),
    verify: (token) => pool.query({ ...UPDATE, values: [idOf(token)] }),
    accepts: hasRow,
    close: nothingToClose,
  };
}

/** Both, one after the other: the key is read before it is charged. */
export function bareSelectThenUpdate(pool: pg.Pool, given: Given): Contestant {
  return {
    name: "bare SELECT, then bare UPDATE",
    ...readersOf(given),
    async verify(token) {
      const id = idOf(token);
      const read = await pool.query({ ...SELECT, values: [id] });
      return read.rows.length === 0 ? read : pool.query({ ...UPDATE, values: [id] });
    },
    accepts: hasRow,
    close: nothingToClose,
  };
}

function hasRow(answer: unknown): boolean {
  return (
    typeof answer === "object" &&
    answer !== null &&
    "rows" in answer &&
    Array.isArray(answer.rows) &&
    answer.rows.length > 0
  );
}
