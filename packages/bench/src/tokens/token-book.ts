/** Tokens, of which every reading is a new string, as the value of a header is. */
export interface TokenBook {
  readonly size: number;
  /** A flat string without a hash yet, as Node makes one of a header's bytes. */
  fresh(index: number): string;
}

/** Keeps tokens as bytes, so that no string of theirs lives from one reading to the next. */
export function tokenBook(tokens: Iterable<string>): TokenBook {
  const ends: number[] = [0];
  const chunks: Buffer[] = [];
  let end = 0;
  for (const token of tokens) {
    end += token.length;
    ends.push(end);
    chunks.push(Buffer.from(token, "latin1"));
  }
  const bytes = Buffer.concat(chunks);
  return {
    size: ends.length - 1,
    fresh: (index) => bytes.toString("latin1", ends[index], ends[index + 1]),
  };
}
