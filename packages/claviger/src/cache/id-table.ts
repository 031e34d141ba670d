/** What is kept by the id in it. */
interface Identified {
  readonly record: { readonly id: string };
}

/** A power of two, as every number of places is. */
const FIRST_PLACES = 16;

/**
 * Values by their ids, for which a `Map` would do, were it not asked for one of a million on every request: a look-up waits for the
 * memory twice, and then for the value, where a `Map` waits for a list, an entry or two, and the names that stand in them; and it
 * takes a part of a text, which need not be cut out and made a string of.
 *
 * Open addressing with linear probing, at most half full (Knuth, The Art of Computer Programming, 6.4, algorithms L and R).
 * Ids are drawn at random, and nobody who sends requests puts one in: none can be chosen to stand in the way of others.
 */
export class IdTable<Value extends Identified> {
  /** Two a place: the hash of an id, 0 where the place is empty; and the value, beside it, so that one wait brings both. */
  #places: (Value | number | undefined)[] = emptyPlaces(FIRST_PLACES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /**
   * A value whose id is, by its hash, a part of a text. Nearly always it is just that, but whoever asks must be able to tell: to
   * compare the ids would be two more waits.
   */
  like(text: string, start: number, end: number): Value | undefined {
    const places = this.#places;
    const hash = hashOf(text, start, end);
    let at = homeOf(hash, places);
    while (places[at] !== hash) {
      if (places[at] === 0) return undefined;
      at = nextTo(at, places);
    }
    return this.#valueAt(at);
  }

  get(id: string): Value | undefined {
    return this.#valueAt(this.#placeFor(id, hashOf(id, 0, id.length)));
  }

  /** @param id the value's */
  set(id: string, value: Value): void {
    if ((this.#size + 1) * 4 > this.#places.length) this.#grow();
    const hash = hashOf(id, 0, id.length);
    const at = this.#placeFor(id, hash);
    if (this.#places[at] === 0) this.#size += 1;
    this.#put(at, hash, value);
  }

  delete(id: string): void {
    const places = this.#places;
    let gap = this.#placeFor(id, hashOf(id, 0, id.length));
    if (places[gap] === 0) return;
    // Whoever would be found past the gap no more moves into it, and leaves another.
    for (let at = nextTo(gap, places); places[at] !== 0; at = nextTo(at, places)) {
      const hash = Number(places[at]);
      if (distance(homeOf(hash, places), at, places) < distance(gap, at, places)) continue;
      this.#put(gap, hash, this.#valueAt(at));
      gap = at;
    }
    this.#put(gap, 0, undefined);
    this.#size -= 1;
  }

  /** Where an id stands, or would: the first place of its own, or that is empty. */
  #placeFor(id: string, hash: number): number {
    const places = this.#places;
    let at = homeOf(hash, places);
    while (places[at] !== 0 && !(places[at] === hash && this.#valueAt(at)?.record.id === id)) at = nextTo(at, places);
    return at;
  }

  #valueAt(at: number): Value | undefined {
    const value = this.#places[at + 1];
    return typeof value === "number" ? undefined : value;
  }

  #put(at: number, hash: number, value: Value | undefined): void {
    this.#places[at] = hash;
    this.#places[at + 1] = value;
  }

  #grow(): void {
    const places = this.#places;
    const grown = emptyPlaces<Value>(places.length);
    this.#places = grown;
    for (let from = 0; from < places.length; from += 2) {
      const hash = Number(places[from]);
      if (hash === 0) continue;
      let at = homeOf(hash, grown);
      while (grown[at] !== 0) at = nextTo(at, grown);
      grown[at] = hash;
      grown[at + 1] = places[from + 1];
    }
  }
}

// Filled, so that V8 keeps them in a row: an array of that length alone would be a dictionary.
function emptyPlaces<Value>(count: number): (Value | number | undefined)[] {
  return new Array<Value | number | undefined>(count * 2).fill(0);
}

function homeOf(hash: number, places: readonly unknown[]): number {
  return (hash << 1) & (places.length - 1);
}

function nextTo(at: number, places: readonly unknown[]): number {
  return (at + 2) & (places.length - 1);
}

function distance(from: number, to: number, places: readonly unknown[]): number {
  return (to - from) & (places.length - 1);
}

/** FNV-1a over the characters (RFC 9923), mixed so that the low bits depend on all of them; never 0. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < end; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13) || 1;
}
