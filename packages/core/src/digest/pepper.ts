/** A secret of the application that every digest is made under, so that a stolen database alone verifies nothing. */
export interface Pepper {
  /** 1 to 32 letters, digits, `_` or `-`; stored with each digest, so it keeps its meaning for ever. */
  readonly id: string;
  /** At least 32 bytes from a secure generator. */
  readonly secret: Uint8Array;
}
