/** So many wait at most, besides those that have come back. */
export const MAX_WAITING = 10_000;

/** Calls that wait for a lane: first come, first served. */
export interface WaitingRoom<Call> {
  isEmpty(): boolean;
  isFull(): boolean;
  enter(call: Call): void;
  /** For those that failed together: each goes alone, and before all others. */
  comeBack(call: Call): void;
  /** Who goes next, at most so many. */
  leave(atMost: number): readonly Call[];
  /** @returns who had to go */
  keepOnly(mayWait: (call: Call) => boolean): readonly Call[];
}

export function createWaitingRoom<Call>(): WaitingRoom<Call> {
  let waiting: Call[] = [];
  let back: Call[] = [];
  return {
    isEmpty: () => waiting.length + back.length === 0,
    isFull: () => waiting.length >= MAX_WAITING,
    enter: (call) => void waiting.push(call),
    comeBack: (call) => void back.push(call),
    leave: (atMost) => (back.length > 0 ? back.splice(0, 1) : waiting.splice(0, atMost)),
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
