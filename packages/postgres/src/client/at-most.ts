import type { Sender } from "./sender.js";

interface Turns {
  free: number;
  readonly waiting: (() => void)[];
}

/** By client, since several stores may share one. */
const turnsOf = new WeakMap<object, Turns>();

/** A sender that has at most so many questions open at a client at once. The others wait, first come, first served. */
export function atMost(limit: number, client: object, send: Sender): Sender {
  const turns = turnsOf.get(client) ?? { free: limit, waiting: [] };
  turnsOf.set(client, turns);
  return async (question, values) => {
    if (turns.free > 0) turns.free -= 1;
    else await new Promise<void>((resolve) => turns.waiting.push(resolve));
    try {
      return await send(question, values);
    } finally {
      const next = turns.waiting.shift();
      if (next === undefined) turns.free += 1;
      else next();
    }
  };
}
