/** A statement whose one column is a JSON text that becomes a `Row`. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Only in types: what a row is. */
  readonly row?: Row;
}

/**
 * The name says which text it stands for, so that it means the same in every process that shares a server's connections
 * through a pooler, whatever schema or version each has.
 */
export function statement<Row>(text: string): Statement<Row> {
  return { name: `claviger_${fingerprint(text)}`, text };
}

const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** FNV-1a of 64 bits, over code units that are all ASCII. Not against anyone: the texts are the store's own. */
function fingerprint(text: string): string {
  let hash = OFFSET_BASIS;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * PRIME);
  }
  return hash.toString(16).padStart(16, "0");
}
