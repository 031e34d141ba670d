/** By time, then by id, as lists and logs are. */
export function inOrder<Item extends { readonly id: string }>(
  items: readonly Item[],
  order: "newest" | "oldest",
  timeOf: (item: Item) => number,
): readonly Item[] {
  const oldestFirst = [...items].sort((a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1));
  return order === "oldest" ? oldestFirst : oldestFirst.reverse();
}
