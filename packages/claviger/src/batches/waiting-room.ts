import { subjectsOf } from "./call.js";

/** So many wait at most, besides those that have come back. */
export const MAX_WAITING = 10_000;

/** Calls that wait for a lane: first come, first served. */
export interface WaitingRoom<Call> {
  size(): number;
  isFull(): boolean;
  enter(call: Call): void;
  /** For those that failed together: each goes alone, and before all others. */
  comeBack(call: Call): void;
  /**
   * Who goes next, a portion of those who may; who may not keeps his place. Whoever is about the same as one of them goes
   * along, since the store has next to nothing more to do for it.
   *
   * @param atMost whoever goes along included
   */
  leave(portion: number, atMost: number, mayGo: (call: Call) => boolean): readonly Call[];
  /** @returns who had to go */
  keepOnly(mayWait: (call: Call) => boolean): readonly Call[];
}

export function createWaitingRoom<Call extends { readonly subject: string }>(): WaitingRoom<Call> {
  let waiting: Call[] = [];
  let back: Call[] = [];
  return {
    size: () => waiting.length + back.length,
    isFull: () => waiting.length >= MAX_WAITING,
    enter: (call) => void waiting.push(call),
    comeBack: (call) => void back.push(call),
    leave(portion, atMost, mayGo) {
      if (back.length > 0) return back.splice(0, 1);
      const gone: Call[] = [];
      const staying: Call[] = [];
      // Of those who go: only where somebody may have to stay.
      let subjects: ReadonlySet<string> | undefined;
      for (const call of waiting) {
        if (gone.length === portion) subjects ??= subjectsOf(gone);
        const isNext = subjects === undefined || subjects.has(call.subject);
        const goes = isNext && gone.length < atMost && mayGo(call);
        (goes ? gone : staying).push(call);
      }
      waiting = staying;
      return gone;
    },
    keepOnly(mayWait) {
      const gone = [...back, ...waiting].filter((call) => !mayWait(call));
      back = back.filter(mayWait);
      waiting = waiting.filter(mayWait);
      return gone;
    },
  };
}
