/** A memo of a pure function of a text or a number. Holds the last `maxEntries` made, so that hostile or many fill no memory. */
export function boundedCache<Value, Key extends string | number = string>(
  maxEntries: number,
  make: (key: Key) => Value,
): (key: Key) => Value {
  const entries = new Map<Key, Value>();
  return (key) => {
    const known = entries.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    if (entries.size >= maxEntries) {
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        break;
      }
    }
    entries.set(key, made);
    return made;
  };
}
