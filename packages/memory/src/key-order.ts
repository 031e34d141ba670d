import type { ListPosition } from "@claviger/core";

/** Positions in the order of (createdAt, id), oldest first. */
export interface KeyOrder {
  add(position: ListPosition): void;
  remove(position: ListPosition): void;
  /** How many positions come before this one. */
  countBefore(position: ListPosition): number;
  /** How many positions come before this one, or are it. */
  countThrough(position: ListPosition): number;
  at(index: number): ListPosition | undefined;
  readonly size: number;
}

export function createKeyOrder(): KeyOrder {
  const positions: ListPosition[] = [];
  const countWhile = (comesFirst: (position: ListPosition) => boolean): number => {
    let low = 0;
    let high = positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const position = positions[middle];
      if (position !== undefined && comesFirst(position)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const countBefore = (limit: ListPosition): number => countWhile((position) => compare(position, limit) < 0);
  const countThrough = (limit: ListPosition): number => countWhile((position) => compare(position, limit) <= 0);
  return {
    add: (position) => {
      positions.splice(countBefore(position), 0, { createdAt: position.createdAt, id: position.id });
    },
    remove: (position) => {
      positions.splice(countBefore(position), countThrough(position) - countBefore(position));
    },
    countBefore,
    countThrough,
    at: (index) => positions[index],
    get size() {
      return positions.length;
    },
  };
}

function compare(a: ListPosition, b: ListPosition): number {
  if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
