/**
 * A list of what is given. Of a literal that is made on a busy path V8 may come to make old objects: see `plainMaker`; of
 * rest parameters it does not.
 */
export function listOf<Item>(...items: Item[]): Item[] {
  return items;
}

/**
 * The one item of a list that has no other, as most have on a busy path: to map a frozen list takes several times as long,
 * and a function that knows what to make of it.
 */
export function onlyOf<Item>(list: readonly Item[]): Item | undefined {
  return list.length === 1 ? list[0] : undefined;
}
