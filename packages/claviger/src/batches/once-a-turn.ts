// Taken here, since a test that puts the clocks in place of these would otherwise hold up every call. Platforms other than
// Node may have no setImmediate.
const { setImmediate, setTimeout } = globalThis;
const atEndOfTurn: (work: () => void) => unknown = setImmediate ?? ((work) => setTimeout(work, 0));

/**
 * Runs work when this turn of the event loop ends, once however often it is asked for until then. Always in the
 * asynchronous context in which this was set up: an application may keep a transaction in that of a request, and what
 * goes together is not that request's alone.
 */
export function onceATurn(work: () => void): () => void {
  let isDue = false;
  let wake = (): void => undefined;

  // What follows an `await` runs in the context of the function that awaits, whoever resolves.
  async function runForEver(): Promise<never> {
    for (;;) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      isDue = false;
      work();
    }
  }
  void runForEver();

  return () => {
    if (isDue) return;
    isDue = true;
    atEndOfTurn(() => wake());
  };
}
