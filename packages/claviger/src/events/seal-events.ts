import { type ChainHead, deepFreeze, parseActOptions, type Seal, sealOf } from "@claviger/core";
import type { Shell } from "../shell.js";
import { eachChain } from "./key-chains.js";
import { noteEvent } from "./note.js";

/** Takes the heads of all chains under one hash. */
export async function sealEvents(shell: Shell, tenant: string, options: unknown): Promise<Seal> {
  const terms = parseActOptions(options);
  const heads: ChainHead[] = [];
  for await (const { keyId, version, head } of eachChain(shell, tenant)) {
    if (head !== null) heads.push({ keyId, version, hash: head });
  }
  const seal = sealOf(tenant, heads, shell.clock());
  const data = { root: seal.root, size: seal.size };
  await shell.store.append([noteEvent(shell, { ...terms, type: "events.sealed", tenant, data })]);
  return deepFreeze(seal);
}
