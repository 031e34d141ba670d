import { onceATurn } from "./once-a-turn.js";

/**
 * Whether a batch has come back in this turn of the event loop: then its callers come with their next calls, of whatever
 * kind, before the turn ends. Were the first of those to leave alone, the rest would have to wait for it.
 */
export interface Landing {
  begin(): void;
  isOn(): boolean;
}

export function createLanding(): Landing {
  let isOn = false;
  const endWithTurn = onceATurn(() => {
    isOn = false;
  });
  return {
    begin() {
      isOn = true;
      endWithTurn();
    },
    isOn: () => isOn,
  };
}
