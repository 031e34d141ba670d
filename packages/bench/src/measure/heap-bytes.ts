/** What is on the heap and still in use. Bytes; all of what is there where the process cannot collect on demand. */
export function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
