/**
 * Runs work as soon as whatever runs now has ended, in the asynchronous context in which this was set up: an application
 * may keep a transaction in that of a request, and what goes together is not that request's alone.
 */
export function inOwnContext(work: () => void): () => void {
  let wake = (): void => undefined;

  // What follows an `await` runs in the context of the function that awaits, whoever resolves.
  async function runForEver(): Promise<never> {
    for (;;) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      work();
    }
  }
  void runForEver();

  return () => wake();
}
