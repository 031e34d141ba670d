import { inOwnContext } from "./in-own-context.js";

// Taken here, since a test that puts the clocks in place of these would otherwise hold up every call. Platforms other than
// Node may have no setImmediate.
const { setImmediate, setTimeout } = globalThis;
const atEndOfTurn: (work: () => void) => unknown = setImmediate ?? ((work) => setTimeout(work, 0));

/** Runs work when this turn of the event loop ends, once however often it is asked for until then. As {@link inOwnContext}. */
export function onceATurn(work: () => void): () => void {
  let isDue = false;
  const run = inOwnContext(() => {
    isDue = false;
    work();
  });
  return () => {
    if (isDue) return;
    isDue = true;
    atEndOfTurn(run);
  };
}
