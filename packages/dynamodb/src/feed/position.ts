import { unknownPosition } from "@claviger/core";

/** How far a reader of the feed has come. */
export interface Position {
  /** Of the entry that he read last. */
  readonly number: number;
  /** How many of its events he has, at least 1. */
  readonly count: number;
}

const POSITION = /^([1-9][0-9]{0,15}):([1-9][0-9]{0,2})$/;

export function formatPosition({ number, count }: Position): string {
  return `${number}:${count}`;
}

/** @throws ClavigerError `invalid_input` no store gave this */
export function parsePosition(text: string): Position {
  const [, number, count] = POSITION.exec(text) ?? [];
  if (number === undefined || count === undefined) throw unknownPosition(text);
  return { number: Number(number), count: Number(count) };
}
