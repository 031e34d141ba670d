import { type Place, parsePlace } from "./place.js";
import type { Walk } from "./walk.js";

export interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** The last place seen, where more may follow. */
  readonly last?: Place;
}

/** As many entries as the page holds, and where to go on. */
export function pageOf<Entry>({ found, frontier }: Walk<Entry>, limit: number): Page<Entry> {
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1)?.place : frontier;
  return { entries: shown.map(({ entry }) => entry), ...(last !== undefined && { last: parsePlace(last) }) };
}
