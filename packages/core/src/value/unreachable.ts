/** Ends an exhaustive switch: compiles only where no case is left, and fails loudly should data disagree with the types. */
export function unreachable(value: never): never {
  throw new TypeError(`unexpected value of type ${typeof value}`);
}
