import { fingerprint } from "./fingerprint.js";

/** A statement whose one column is a text that becomes a `Row`. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** What a row's text says. */
  readonly read: (text: string) => Row;
}

/**
 * The name says which text it stands for, so that it means the same in every process that shares a server's connections
 * through a pooler, whatever schema or version each has.
 *
 * @param read JSON unless given
 */
export function statement<Row>(text: string, read: (text: string) => Row = JSON.parse): Statement<Row> {
  return { name: `claviger_${fingerprint(text)}`, text, read };
}
