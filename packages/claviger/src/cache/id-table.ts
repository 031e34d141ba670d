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
  /** Of the ids, place by place; 0: the place is empty. */
  #hashes = new Int32Array(FIRST_PLACES);
  #values: (Value | undefined)[] = emptyPlaces(FIRST_PLACES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /**
   * A value whose id is, by its hash, a part of a text. Nearly always it is just that, but whoever asks must be able to tell: to
   * compare the ids would be two more waits.
   */
  like(text: string, start: number, end: number): Value | undefined {
    const hashes = this.#hashes;
    const last = hashes.length - 1;
    const hash = hashOf(text, start, end);
    let place = hash & last;
    while (hashes[place] !== hash) {
      if (hashes[place] === 0) return undefined;
      place = (place + 1) & last;
    }
    return this.#values[place];
  }

  get(id: string): Value | undefined {
    return this.#values[this.#placeFor(id, hashOf(id, 0, id.length))];
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  /** @param id the value's */
  set(id: string, value: Value): void {
    if ((this.#size + 1) * 2 > this.#hashes.length) this.#grow();
    const hash = hashOf(id, 0, id.length);
    const place = this.#placeFor(id, hash);
    if (this.#hashes[place] === 0) this.#size += 1;
    this.#put(place, hash, value);
  }

  delete(id: string): void {
    let gap = this.#placeFor(id, hashOf(id, 0, id.length));
    if (this.#hashes[gap] === 0) return;
    const last = this.#hashes.length - 1;
    // Whoever would be found past the gap no more moves into it, and leaves another.
    for (let place = (gap + 1) & last; ; place = (place + 1) & last) {
      const hash = this.#hashes[place] ?? 0;
      if (hash === 0) break;
      if (((place - hash) & last) < ((place - gap) & last)) continue;
      this.#put(gap, hash, this.#values[place]);
      gap = place;
    }
    this.#put(gap, 0, undefined);
    this.#size -= 1;
  }

  /** Where an id stands, or would: the first place of its own, or that is empty. */
  #placeFor(id: string, hash: number): number {
    const last = this.#hashes.length - 1;
    let place = hash & last;
    while (this.#hashes[place] !== 0 && !(this.#hashes[place] === hash && this.#values[place]?.record.id === id))
      place = (place + 1) & last;
    return place;
  }

  #put(place: number, hash: number, value: Value | undefined): void {
    this.#hashes[place] = hash;
    this.#values[place] = value;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const values = this.#values;
    const places = hashes.length * 2;
    this.#hashes = new Int32Array(places);
    this.#values = emptyPlaces(places);
    for (const [index, hash] of hashes.entries()) {
      if (hash === 0) continue;
      let place = hash & (places - 1);
      while (this.#hashes[place] !== 0) place = (place + 1) & (places - 1);
      this.#put(place, hash, values[index]);
    }
  }
}

// Filled, so that V8 keeps them in a row: an array of that length alone would be a dictionary.
function emptyPlaces<Value>(count: number): (Value | undefined)[] {
  return new Array<Value | undefined>(count).fill(undefined);
}

/** FNV-1a over the characters (RFC 9923), mixed so that the low bits depend on all of them; never 0. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < end; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13) || 1;
}
