import type { SignalSource } from "@claviger/core";
import { createAudience } from "./audience.js";
import { createHearing, type HearingParts } from "./hearing.js";

export interface Watch {
  readonly watch: NonNullable<SignalSource["watch"]>;
  /** For good; who still listens is told `lost`. Idempotent. */
  close(): void;
}

/** One connection for all who watch: opened for the first, ended with the last. */
export function createWatch(parts: HearingParts): Watch {
  const audience = createAudience();
  const hearing = createHearing(parts, audience);
  let isClosed = false;
  const rest = (): void => {
    hearing.stop();
    audience.forget();
  };
  return {
    watch: (listener) => {
      if (isClosed) return async () => {};
      if (audience.isEmpty) hearing.start();
      const leave = audience.add(listener);
      return async () => {
        if (leave() && audience.isEmpty) rest();
      };
    },
    close: () => {
      isClosed = true;
      audience.tell({ kind: "lost", cause: "the store was closed" });
      audience.clear();
      rest();
    },
  };
}
