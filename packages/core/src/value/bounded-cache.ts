/** A memo of a pure function of a text or a number. Holds the last `maxEntries` made, so that hostile or many fill no memory. */
export function boundedCache<Value, Key extends string | number = string>(
  maxEntries: number,
  make: (key: Key) => Value,
): (key: Key) => Value {
  const entries = new Map<Key, Value>();
  // Where one key comes again and again, to compare it takes a fraction of looking it up.
  let lastKey: Key | undefined;
  let last: Value | undefined;
  return (key) => {
    if (last !== undefined && lastKey === key) return last;
    const known = entries.get(key);
    if (known !== undefined) {
      lastKey = key;
      last = known;
      return known;
    }
    const made = make(key);
    if (entries.size >= maxEntries) {
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        if (oldest === lastKey) last = undefined;
        break;
      }
    }
    entries.set(key, made);
    return made;
  };
}
