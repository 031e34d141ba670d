import { createAlarm } from "../alarm.js";

/** Counts time in ticks, by one timer for all calls rather than one for each. */
export interface Ticker {
  /** How many there have been. */
  ticks(): number;
  /** From now on it ticks, until at a tick nobody waits any more. */
  wake(): void;
  /** Ticks no more, until it is woken. */
  stop(): void;
  /** @param listener says whether anybody waits still */
  onTick(listener: () => boolean): void;
}

export const TICK_MS = 500;

/**
 * Ticks, and no clock: while the process itself stands still there are none, so that answers which came meanwhile and lie
 * unread are not late. Nor can anyone set it back.
 */
export function createTicker(): Ticker {
  const listeners: (() => boolean)[] = [];
  let ticks = 0;
  const alarm = createAlarm(() => {
    ticks += 1;
    const waits = listeners.map((listener) => listener());
    if (waits.includes(true)) alarm.set(TICK_MS);
  });
  return {
    ticks: () => ticks,
    wake() {
      if (!alarm.isSet()) alarm.set(TICK_MS);
    },
    stop: alarm.clear,
    onTick: (listener) => void listeners.push(listener),
  };
}
