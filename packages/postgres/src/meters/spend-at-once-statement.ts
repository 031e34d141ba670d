import type { Charge } from "@claviger/core";
import { type Statement, statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";
import { clockUs } from "./clock.js";
import type { StoredMeters } from "./stored-meter.js";

/** The time that counted, and all meters of the key as they are. */
export type ToldRow = readonly [nowUs: number, meters: StoredMeters];

/** Three parameters of each charge follow the first ones. */
const FIRST_CHARGE = 4;
const OF_CHARGE = 3;
const NOW_US = clockUs("$3");

/**
 * Spends the charges of one key if all fit, given that they fit where nothing was spent; else nothing, and says nothing. What
 * conflicts is locked first, so that all is decided, and the clock read, while the row is held; and a key's first charge
 * makes the row.
 *
 * The time that is told is that of the answer, or, where a gcra meter was idle, the one that it was charged by, which the
 * meter says itself.
 *
 * The parameters: key, tenant, the clock of {@link clockUs}; of each charge its meter, `from`, which of gcra is its floor, of
 * a window its start, and what all units add; and for each at what its meter may stand before.
 *
 * @param forms those of the charges, in order
 */
export function spendAtOnceStatement(tables: Tables, forms: readonly Charge["form"][]): Statement<ToldRow> {
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
  const metersOf = (state: "after" | "first"): string =>
    `pg_catalog.jsonb_build_object(${slots
      .map((slot) => `${slot.meter}, pg_catalog.jsonb_build_array(${slot[state]})`)
      .join(", ")})`;
  const timed = `FROM (SELECT ${NOW_US} AS now_us OFFSET 0) timed`;
  const toldUs = `least(${[NOW_US, ...slots.flatMap(({ chargedAt }) => chargedAt)].join(", ")})`;
  return statement(`
    INSERT INTO ${tables.meters} AS m (key_id, tenant, meters)
    SELECT $1::text, $2::text, ${metersOf("first")} ${timed}
    ON CONFLICT (key_id, tenant) DO UPDATE
    SET meters = (SELECT m.meters OPERATOR(pg_catalog.||) ${metersOf("after")} ${timed})
    WHERE ${slots.map(({ fits }) => fits).join(" AND ")}
    RETURNING ${told(toldUs)}`);
}

/** The meters of a key as they stand, by key, tenant and clock; nothing where it has no row. */
export function lookStatement(tables: Tables): Statement<ToldRow> {
  return statement(`SELECT ${told(NOW_US)} FROM ${tables.meters} m WHERE m.key_id = $1::text AND m.tenant = $2::text`);
}

function told(nowUs: string): string {
  return `pg_catalog.concat('[', ${nowUs}, ',', m.meters, ']')`;
}

type Parameters = Readonly<Record<"meter" | "from" | "total" | "room", string>>;

/** A charge on its meter, in SQL: whether it fits, and what the meter holds after it, also as the first one of all. */
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
