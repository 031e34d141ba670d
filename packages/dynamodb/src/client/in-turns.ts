/** Below the 50 connections that the SDK opens unless told otherwise. */
const AT_ONCE = 16;

/** Does an act for each of the items, a few at a time, so that a large batch leaves connections to others. */
export async function inTurns<Given>(items: readonly Given[], act: (item: Given) => Promise<void>): Promise<void> {
  // One iterator for all workers: each takes what no other has taken.
  const rest = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await act(next.value);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}
