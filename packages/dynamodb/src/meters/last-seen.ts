import type { MetersState } from "./meters-item.js";

export interface Seen extends MetersState {
  /** How many others wrote while this process did. */
  readonly rivals: number;
}

/** What this process saw last of some keys' meters: a guess, that a write is conditional on. */
export interface LastSeen {
  get(name: string): Seen | undefined;
  set(name: string, state: MetersState, rivals?: number): void;
  forget(name: string): void;
}

/** @param most how many; the one that was longest unused goes */
export function createLastSeen(most: number): LastSeen {
  const states = new Map<string, Seen>();
  return {
    get: (name) => states.get(name),
    set(name, state, rivals = 0) {
      states.delete(name);
      states.set(name, { ...state, rivals });
      const [oldest] = states.keys();
      if (states.size > most && oldest !== undefined) states.delete(oldest);
    },
    forget: (name) => void states.delete(name),
  };
}
