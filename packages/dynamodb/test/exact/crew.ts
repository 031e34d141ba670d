import { type Forked, forkModule } from "@claviger/testing";
import type { TestTable } from "../test-table.js";
import type { Order, Tally } from "./verify-at-once.js";

export type Verifier = Forked<Order, Tally>;

/** Processes with a keyring each. */
export function openCrew({ endpoint, table }: TestTable, size: number): Promise<readonly Verifier[]> {
  const module = new URL("./verifier.process.ts", import.meta.url);
  return Promise.all(Array.from({ length: size }, () => forkModule<Order, Tally>(module, { endpoint, table })));
}
