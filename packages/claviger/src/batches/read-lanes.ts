import { deepFreeze } from "@claviger/core";
import { askFolded, type Folded, Place } from "./ask-folded.js";
import { createLanes, type Lanes, type LanesTerms } from "./lanes.js";

/**
 * Lanes to a read of a store. What several of one batch ask for is read once, and frozen; nobody shares what was sent
 * before he came.
 *
 * @param nameOf what is asked for, told from everything else
 */
export function createReadLanes<Ask, Answer>(
  read: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
  nameOf: (ask: Ask) => string,
  turns: Pick<LanesTerms<Ask, Answer>, "ticker" | "landing">,
): Lanes<Ask, Answer> {
  return createLanes({
    send: (asks) => (asks.length === 1 ? read(asks) : askFolded(foldReads<Ask, Answer>(asks, nameOf), read)),
    isRepeatable: true,
    subjectOf: nameOf,
    isExclusive: false,
    ...turns,
  });
}

function foldReads<Ask, Answer>(asks: readonly Ask[], nameOf: (ask: Ask) => string): Folded<Ask, Answer> {
  const indexes = new Map<string, number>();
  const requests: Ask[] = [];
  const askedBefore = new Set<number>();
  const requestOf = asks.map((ask) => {
    const name = nameOf(ask);
    const known = indexes.get(name);
    if (known !== undefined) {
      askedBefore.add(known);
      return known;
    }
    indexes.set(name, requests.length);
    return requests.push(ask) - 1;
  });
  // Who shares what he gives out freezes it: then nobody can change it for another, and a key is made ready once for all.
  const partOf = (request: number) => (askedBefore.has(request) ? frozen<Answer> : whole<Answer>);
  return { requests, places: requestOf.map((request) => new Place(request, partOf(request))) };
}

function frozen<Answer>(answer: Answer): Answer {
  try {
    return deepFreeze(answer);
  } catch {
    // A member that nobody asked for, such as a Buffer, cannot be: no reason to fail who asked.
    return answer;
  }
}

function whole<Answer>(answer: Answer): Answer {
  return answer;
}
