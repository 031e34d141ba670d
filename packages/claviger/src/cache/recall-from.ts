import { ID_LENGTH, idStart } from "@claviger/core";
import type { WarmKey } from "../warm-key.js";
import type { Generations } from "./generations.js";
import type { IdTable } from "./id-table.js";

/** The key that a text may be the token of; whether it is, its own hash tells. Counts as use. */
export function recallFrom(keys: Generations<WarmKey, IdTable<WarmKey>>): (text: string) => WarmKey | undefined {
  return (text) => {
    const start = idStart(text);
    const end = start + ID_LENGTH;
    const young = keys.young.like(text, start, end);
    if (young !== undefined) return young;
    const aged = keys.old.like(text, start, end);
    return aged && keys.get(aged.record.id);
  };
}
