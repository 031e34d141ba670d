/** A span of time in epoch ms, half open: `startMs` is inside, `endMs` is the start of the next one. */
export interface TimeWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** The window around `atMs` among those of `periodMs` that are counted from the Unix epoch. */
export function periodWindow(periodMs: number, atMs: number): TimeWindow {
  const startMs = Math.floor(atMs / periodMs) * periodMs;
  return { startMs, endMs: startMs + periodMs };
}
