/** A memo of a pure function of a text. Holds the last `maxEntries` made, so that hostile or many texts fill no memory. */
export function boundedCache<Value>(maxEntries: number, make: (key: string) => Value): (key: string) => Value {
  const entries = new Map<string, Value>();
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
