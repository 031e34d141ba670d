import { cellsOf, type KeyUse } from "./key-use.js";

/** Cuts what is to be written into portions of at most so many cells, or of a single key. */
export function portionsOf(uses: readonly KeyUse[], maxCells: number): readonly (readonly KeyUse[])[] {
  const portions: KeyUse[][] = [];
  let left = 0;
  for (const use of uses) {
    const cells = cellsOf(use);
    const last = portions.at(-1);
    if (last !== undefined && cells <= left) last.push(use);
    else {
      portions.push([use]);
      left = maxCells;
    }
    left -= cells;
  }
  return portions;
}
