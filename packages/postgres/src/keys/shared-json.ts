import { deepFreeze } from "@claviger/core";

/** Keys of one application repeat a few lists of scopes, limits and restrictions. What is longer is hardly repeated. */
const MAX_TEXTS = 1_000;
const MAX_LENGTH = 1_000;

/** A memo of what texts say, frozen, so that keys share it. Holds so many of the last that were read. */
export function sharedValues<Value>(read: (text: string) => Value): (text: string) => Value {
  const values = new Map<string, Value>();
  // Where one text comes again and again, to compare it takes a fraction of looking it up.
  let lastText: string | undefined;
  let last: Value;
  return (text) => {
    if (text === lastText) return last;
    const known = values.get(text);
    if (known !== undefined) {
      lastText = text;
      last = known;
      return known;
    }
    const value = deepFreeze(read(text));
    if (text.length > MAX_LENGTH) return value;
    if (values.size >= MAX_TEXTS) values.clear();
    values.set(ownCopy(text), value);
    return value;
  };
}

// The text may be a part of a longer one, and would keep that in memory.
function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}
