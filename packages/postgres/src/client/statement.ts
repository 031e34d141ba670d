import { fingerprint } from "./fingerprint.js";

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
