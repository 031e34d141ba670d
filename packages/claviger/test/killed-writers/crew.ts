import { type Forked, forkModule } from "@claviger/testing";
import type { Order } from "./writer.process.js";

const WRITERS = 4;
/** Of each writer: as many as it has connections. */
const AT_ONCE = 8;
/** After about so many orders a writer is killed, in the midst of others. */
const LIFE = 150;

/** A place in the crew: whoever is killed there is replaced. */
async function work(url: string, orders: Order[], done: Set<string>, chance: () => number): Promise<void> {
  while (orders.length > 0) {
    const writer = await openWriter(url);
    let left = Math.ceil(LIFE * (0.5 + chance()));
    const take = async (): Promise<void> => {
      for (let order = orders.shift(); order !== undefined; order = orders.shift()) {
        const answered = await writer.ask(order).catch(() => "killed" as const);
        if (answered === "killed") {
          // Before its commit or after it, who knows. Under another reason, the repetition is told from it.
          orders.push({ ...order, reason: `${order.reason}'` });
          return;
        }
        done.add(order.reason);
        left -= 1;
        if (left === 0) void writer.kill();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take));
    await writer.kill();
  }
}

/**
 * Has four processes carry out orders, 32 at once, and kills each of them again and again; what was not answered is ordered
 * anew under another reason.
 *
 * @returns the reasons of the orders that were answered: those changes are made
 */
export async function carryOut(
  url: string,
  orders: readonly Order[],
  chance: () => number,
): Promise<ReadonlySet<string>> {
  const [left, done] = [[...orders], new Set<string>()];
  await Promise.all(Array.from({ length: WRITERS }, () => work(url, left, done, chance)));
  return done;
}

function openWriter(url: string): Promise<Forked<Order, "done">> {
  return forkModule(new URL("./writer.process.ts", import.meta.url), { url });
}
