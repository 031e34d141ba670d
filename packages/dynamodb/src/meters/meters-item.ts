import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Meter } from "@claviger/core";
import { attribute, attributes, type Item, numberOf, textOf, textsOf } from "../client/item.js";

/** All meters of a key, as one process saw them last. */
export interface MetersState {
  readonly meters: ReadonlyMap<string, Meter>;
  /** One more with every write; 0: nothing was ever spent. */
  readonly revision: number;
  /** The last writes of the last few writers, the newest at the end: see meters/spend.ts. */
  readonly writes: readonly string[];
  /** The key was deleted: nothing is written any more. */
  readonly isFenced: boolean;
}

const NOTHING_SPENT: MetersState = { meters: new Map(), revision: 0, writes: [], isFenced: false };

/** A list, not a map: the SDK builds maps by assignment, which a meter by the name of `__proto__` would get lost in. */
export function toMetersItem({ meters, revision, writes }: MetersState): Item {
  const list = [...meters].map(([name, meter]): AttributeValue => {
    const spent = meter.form === "gcra" ? { tatUs: meter.tatUs } : { windowAt: meter.windowAt, used: meter.used };
    return { M: attributes({ name, ...spent }) };
  });
  return { revision: attribute(revision), writes: attribute(writes), meters: { L: list } };
}

export function fromMetersItem(item: Item | undefined): MetersState {
  if (item === undefined) return NOTHING_SPENT;
  const meters = (item.meters?.L ?? []).map(({ M = {} }): [string, Meter] => [textOf(M, "name") ?? "", meterOf(M)]);
  return {
    meters: new Map(meters),
    revision: numberOf(item, "revision") ?? 0,
    writes: textsOf(item, "writes"),
    isFenced: item.fence !== undefined,
  };
}

function meterOf(item: Item): Meter {
  const tatUs = numberOf(item, "tatUs");
  if (tatUs !== null) return Object.freeze({ form: "gcra", tatUs });
  const [windowAt, used] = [numberOf(item, "windowAt") ?? Number.NaN, numberOf(item, "used") ?? Number.NaN];
  return Object.freeze({ form: "window", windowAt, used });
}
