import { setImmediate as turn } from "node:timers/promises";

/** What is on the heap and still in use. Bytes; all of what is there where the process cannot collect on demand. */
export function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** What a thing is made of that is still in use once it is made. */
export interface Weighed<Made> {
  readonly made: Made;
  readonly bytes: number;
}

export async function weigh<Made>(make: () => Promise<Made>): Promise<Weighed<Made>> {
  const before = await settledBytes();
  const made = await make();
  return { made, bytes: (await settledBytes()) - before };
}

/** So often at most: V8 lets go of code that nobody runs after some collections only. */
const MAX_COLLECTIONS = 20;

/** Collects until nothing more goes. */
async function settledBytes(): Promise<number> {
  let bytes = heapBytes();
  for (let collections = 1; collections < MAX_COLLECTIONS; collections += 1) {
    await turn();
    const next = heapBytes();
    if (next >= bytes) return next;
    bytes = next;
  }
  return bytes;
}
