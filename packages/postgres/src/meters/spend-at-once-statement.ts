import type { Charge } from "@claviger/core";
import { type Statement, statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";
import { clockUs } from "./clock.js";
import type { StoredMeters } from "./stored-meter.js";

/** Whether all was spent, the clock that went, and all meters of the key as they are left. */
export type ToldRow = readonly [isSpent: 0 | 1, nowUs: number, meters: StoredMeters];

/** One way of charging after the other. */
export interface SpendAtOnce {
  /**
   * An `UPDATE` that decides by itself, so that it takes little more than a bare one. Nothing where a charge does not fit, or
   * the key has no row. Who had to wait for the row decides by what its last holder left.
   *
   * The clock is read more than once; what fits by one reading fits by a later one. The time that is told is the last, or the
   * one by which an idle gcra meter was charged, which the meter says itself.
   */
  readonly there: Statement<ToldRow>;
  /** Makes the row of a key that has none; else tells its meters, and holds nobody up. Nothing where it does neither. */
  readonly missing: Statement<ToldRow>;
}

/** Three parameters of each charge follow the first ones. */
const FIRST_CHARGE = 4;
const OF_CHARGE = 3;
const ROW = "m.key_id = $1::text AND m.tenant = $2::text";
const NOW_US = clockUs("$3");
const TIME = `SELECT ${NOW_US} AS now_us`;

/**
 * Spends the charges of one key if all fit, given that they fit where nothing was spent.
 *
 * The parameters: key, tenant, the clock of {@link clockUs}; of each charge its meter, `from`, which of gcra is its floor, of
 * a window its start, and what all units add; and, but where the row is missing, for each at what its meter may stand before.
 *
 * @param forms those of the charges, in order
 */
export function spendAtOnceStatements(tables: Tables, forms: readonly Charge["form"][]): SpendAtOnce {
  const slots = forms.map((form, index) => {
    const first = FIRST_CHARGE + index * OF_CHARGE;
    const slot = {
      meter: `$${first}::text`,
      from: `$${first + 1}::bigint`,
      total: `$${first + 2}::bigint`,
      room: `$${FIRST_CHARGE + forms.length * OF_CHARGE + index}::bigint`,
    };
    return form === "gcra" ? gcraSlot(slot) : windowSlot(slot);
  });
  return {
    there: statement(`
      UPDATE ${tables.meters} m
      SET meters = (SELECT m.meters OPERATOR(pg_catalog.||) ${metersOf(slots, "after")} FROM (${TIME} OFFSET 0) timed)
      WHERE ${ROW} AND ${slots.map(({ fits }) => fits).join(" AND ")}
      RETURNING ${told(1, chargedAt(slots), "m")}`),
    missing: statement(`
      WITH timed AS MATERIALIZED (${TIME}), seen AS MATERIALIZED (
        SELECT m.meters FROM ${tables.meters} m WHERE ${ROW}
      ), added AS (
        INSERT INTO ${tables.meters} (key_id, tenant, meters) SELECT $1::text, $2::text, ${metersOf(slots, "first")}
        FROM timed
        WHERE NOT EXISTS (SELECT FROM seen)
        ON CONFLICT (key_id, tenant) DO NOTHING RETURNING meters
      )
      SELECT ${told(0, "timed.now_us", "seen")} FROM seen, timed UNION ALL SELECT ${told(1, "timed.now_us", "added")} FROM added, timed`),
  };
}

function metersOf(slots: readonly Slot[], state: "after" | "first"): string {
  const pairs = slots.map((slot) => `${slot.meter}, pg_catalog.jsonb_build_array(${slot[state]})`);
  return `pg_catalog.jsonb_build_object(${pairs.join(", ")})`;
}

function chargedAt(slots: readonly Slot[]): string {
  return `least(${[NOW_US, ...slots.flatMap(({ chargedAt }) => chargedAt)].join(", ")})`;
}

function told(isSpent: 0 | 1, nowUs: string, row: string): string {
  return `pg_catalog.concat('[${isSpent},', ${nowUs}, ',', ${row}.meters, ']')`;
}

type Parameters = Readonly<Record<"meter" | "from" | "total" | "room", string>>;

/** A charge on its meter, in SQL: whether it fits, and what the meter holds after it; and where nothing was spent before. */
interface Slot {
  readonly meter: string;
  readonly fits: string;
  readonly after: string;
  /** By the meter after it: not later than this. */
  readonly chargedAt: readonly string[];
  readonly first: string;
}

function gcraSlot({ meter, from, total, room }: Parameters): Slot {
  const storedUs = `(m.meters -> ${meter} ->> 1)::bigint`;
  return {
    meter,
    fits: `(${storedUs} <= ${room} + ${NOW_US}) IS NOT FALSE`,
    after: `0, greatest(${storedUs}, ${from} + timed.now_us) + ${total}`,
    chargedAt: [`${storedUs} - ${total} - ${from}`],
    first: `0, ${from} + timed.now_us + ${total}`,
  };
}

function windowSlot({ meter, from, total, room }: Parameters): Slot {
  const storedAt = `(m.meters -> ${meter} ->> 0)::bigint`;
  const used = `CASE WHEN ${storedAt} >= ${from} THEN (m.meters -> ${meter} ->> 1)::bigint ELSE 0 END`;
  return {
    meter,
    fits: `${used} <= ${room}`,
    after: `greatest(${storedAt}, ${from}), ${used} + ${total}`,
    chargedAt: [],
    first: `${from}, ${total}`,
  };
}
