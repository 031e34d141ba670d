import type { AuditEvent } from "@claviger/core";
import type { Database } from "../client/database.js";
import type { Item, ItemKey } from "../client/item.js";
import type { Written } from "../client/writes.js";
import { isLogged } from "./log.js";
import { copyOut, isWrittenWith, ridingEvent } from "./riding.js";

/** A conditional write of an item, with its event in it. */
export interface Change {
  readonly address: ItemKey;
  readonly event: AuditEvent;
  /** Once: under a condition that {@link NO_EVENT_RIDES} is part of. */
  readonly write: () => Promise<Written>;
  /** Whether the condition failed for nothing but an event that rides: once that is copied out, the write can be. */
  readonly fits: (current: Item) => boolean;
  /** Further work that must be done before the event is copied out. */
  readonly beforeCopy?: (item: Item) => Promise<void>;
}

/** What was found in the place of what the write expected; `current` is undefined where there is nothing. */
export interface Refused {
  readonly current: Item | undefined;
}

/** Everyone who comes between changed something; after so many the caller hears that it is too much. */
const MAX_ATTEMPTS = 20;

/**
 * Does the change: undefined once it is done, or had been by a write with the same event. That may be one whose reply
 * was lost and that the SDK repeated by itself, while others went on from there: its event is in the log then.
 */
export async function commit(database: Database, change: Change): Promise<Refused | undefined> {
  const { address, event, write, fits } = change;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const result = await write();
    const item = result.written ? result.item : result.current;
    if (result.written || (item !== undefined && isWrittenWith(item, event))) {
      await settleMine(database, change, item);
      return undefined;
    }
    if (item === undefined) return { current: item };
    if (await isLogged(database, event)) return undefined;
    if (!fits(item)) return { current: item };
    await settle(database, address, item, change.beforeCopy);
  }
  throw new Error("DynamoDB: others changed an item each time before this write came");
}

/** Copies out what rides in an item, whoever wrote it. */
export async function settle(
  database: Database,
  address: ItemKey,
  item: Item,
  beforeCopy?: (item: Item) => Promise<void>,
): Promise<void> {
  const event = ridingEvent(item);
  if (event === undefined) return;
  await beforeCopy?.(item);
  await copyOut(database, address, event);
}

/**
 * The change is made, with its event, and that is what the caller has to hear: trouble with the copy is none of his, the
 * next one to change the item will make it. But what must go with a deletion is part of it.
 */
async function settleMine(database: Database, change: Change, item: Item | undefined): Promise<void> {
  const event = item && ridingEvent(item);
  if (item === undefined || event === undefined) return;
  await change.beforeCopy?.(item);
  await copyOut(database, change.address, event).catch(() => {});
}
