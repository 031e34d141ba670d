import type { TokenBook } from "./tokens/token-book.js";

/**
 * Whatever tells good tokens from others, ready to be asked. A benchmark of something that throws or lets everyone in is
 * worthless, so each one is proved before it is timed.
 */
export interface Contestant {
  /** As tables show it. */
  readonly name: string;
  /** What it is asked for while the clock runs. */
  readonly asked: TokenBook;
  /** What it must let in and what it must keep out, before it is timed. */
  readonly proof: { readonly good: readonly string[]; readonly bad: readonly string[] };
  /** At once or later; never throws for a token that is not good. */
  verify(token: string): unknown;
  /** Whether an answer of `verify` lets the request in. */
  accepts(answer: unknown): boolean;
  /** Does what the answers given so far still ask for, such as a flush of counters. It is timed with them. */
  finish?(): Promise<void>;
  close(): Promise<void>;
}

/** Part of a contestant: what it is asked, and what it is proved with. */
export type Given = Pick<Contestant, "asked" | "proof">;

/** A contestant that need not be closed. */
export const nothingToClose = async (): Promise<void> => {};

/** @throws Error naming the contestant, if it keeps a good token out or lets a bad one in */
export async function prove({ name, proof, verify, accepts }: Contestant): Promise<void> {
  if (proof.good.length === 0 || proof.bad.length === 0) throw new Error(`${name} has no tokens to be proved with`);
  for (const token of proof.good) if (!accepts(await verify(token))) throw new Error(`${name} keeps a good token out`);
  for (const token of proof.bad) if (accepts(await verify(token))) throw new Error(`${name} lets a bad token in`);
}
