/** A timer that keeps no process alive. */
export interface Alarm {
  /** Rings once, so many ms from now; not when it was to ring before. */
  set(delayMs: number): void;
  clear(): void;
  isSet(): boolean;
}

export function createAlarm(ring: () => void): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function clear(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    set(delayMs) {
      clear();
      timer = setTimeout(() => {
        timer = undefined;
        ring();
      }, delayMs);
      // On other platforms than Node it is a number, and keeps nothing alive.
      timer.unref?.();
    },
    clear,
    isSet: () => timer !== undefined,
  };
}
