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

/** @throws Error no store gave this */
export function parsePosition(text: string): Position {
  const [, number, count] = POSITION.exec(text) ?? [];
  if (number === undefined || count === undefined) throw unknownPosition();
  return { number: Number(number), count: Number(count) };
}

/** It is not quoted: it may be anything. */
export function unknownPosition(): Error {
  return new Error("DynamoDB: the position is not one that this store gave");
}
