/** A place in the order of (at, id). */
export interface Place {
  readonly at: number;
  readonly id: string;
}

/** Places, oldest first. */
export interface Order {
  add(place: Place): void;
  remove(place: Place): void;
  /** How many come before this one. */
  countBefore(place: Place): number;
  /** How many come before this one, or are it. */
  countThrough(place: Place): number;
  at(index: number): Place | undefined;
  readonly size: number;
}

export function createOrder(): Order {
  const places: Place[] = [];
  const countWhile = (comesFirst: (place: Place) => boolean): number => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const place = places[middle];
      if (place !== undefined && comesFirst(place)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const countBefore = (limit: Place): number => countWhile((place) => compare(place, limit) < 0);
  const countThrough = (limit: Place): number => countWhile((place) => compare(place, limit) <= 0);
  return {
    add: (place) => {
      places.splice(countBefore(place), 0, { at: place.at, id: place.id });
    },
    remove: (place) => {
      places.splice(countBefore(place), countThrough(place) - countBefore(place));
    },
    countBefore,
    countThrough,
    at: (index) => places[index],
    get size() {
      return places.length;
    },
  };
}

function compare(a: Place, b: Place): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
