import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { attribute, type Item, textOf } from "../client/item.js";
import { usagePartition } from "../table/addresses.js";

const IS_THERE = "attribute_exists(#pk)";

/** Takes away what was counted of a key. */
export async function eraseUsage(database: Database, tenant: string, keyId: string): Promise<void> {
  const pk = usagePartition(tenant, keyId);
  let start: Item | undefined;
  do {
    const page = await database.query({
      keyCondition: "#pk = :pk",
      values: { ":pk": attribute(pk) },
      forward: true,
      start,
    });
    await inTurns(page.items, async (item) => {
      await database.remove({ pk, sk: textOf(item, "sk") ?? "" }, { condition: IS_THERE });
    });
    start = page.next;
  } while (start !== undefined);
}
