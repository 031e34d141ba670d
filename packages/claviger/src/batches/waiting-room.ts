/** So many wait at most, besides those that have come back. */
export const MAX_WAITING = 10_000;

/** Calls that wait for a lane: first come, first served. */
export interface WaitingRoom<Call> {
  isEmpty(): boolean;
  size(): number;
  isFull(): boolean;
  enter(call: Call): void;
  /** For those that failed together: each goes alone, and before all others. */
  comeBack(call: Call): void;
  /** Who goes next, at most so many of those who may; who may not keeps his place. */
  leave(atMost: number, mayGo: (call: Call) => boolean): readonly Call[];
  /** @returns who had to go */
  keepOnly(mayWait: (call: Call) => boolean): readonly Call[];
}

export function createWaitingRoom<Call>(): WaitingRoom<Call> {
  let waiting: Call[] = [];
  let back: Call[] = [];
  return {
    isEmpty: () => waiting.length + back.length === 0,
    size: () => waiting.length + back.length,
    isFull: () => waiting.length >= MAX_WAITING,
    enter: (call) => void waiting.push(call),
    comeBack: (call) => void back.push(call),
    leave(atMost, mayGo) {
      if (back.length > 0) return back.splice(0, 1);
      const gone: Call[] = [];
      const staying: Call[] = [];
      for (const call of waiting) (gone.length < atMost && mayGo(call) ? gone : staying).push(call);
      waiting = staying;
      return gone;
    },
    keepOnly(mayWait) {
      const gone = [...back, ...waiting].filter((call) => !mayWait(call));
      if (gone.length > 0) {
        back = back.filter(mayWait);
        waiting = waiting.filter(mayWait);
      }
      return gone;
    },
  };
}
