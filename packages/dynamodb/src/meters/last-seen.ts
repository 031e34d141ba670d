import type { MetersState } from "./meters-item.js";

/** What this process saw last of some keys' meters: a guess, that a write is conditional on. */
export interface LastSeen {
  get(name: string): MetersState | undefined;
  set(name: string, state: MetersState): void;
  forget(name: string): void;
}

/** @param most how many; the one that was longest unused goes */
export function createLastSeen(most: number): LastSeen {
  const states = new Map<string, MetersState>();
  return {
    get: (name) => states.get(name),
    set(name, state) {
      states.delete(name);
      states.set(name, state);
      const [oldest] = states.keys();
      if (states.size > most && oldest !== undefined) states.delete(oldest);
    },
    forget: (name) => void states.delete(name),
  };
}
