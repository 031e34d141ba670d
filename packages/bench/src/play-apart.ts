import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Played } from "./play-scenario.js";
import type { World } from "./scenario.js";

/** Plays a scenario in a process of its own, so that none leaves its heap and its compiled code to the next. */
export async function playApart(scenario: string, world: World): Promise<Played> {
  const player = fork(fileURLToPath(new URL("player.ts", import.meta.url)), [scenario, JSON.stringify(world)]);
  const ended = once(player, "exit").then(([code, signal]) => {
    throw new Error(`${scenario} ended (${signal ?? code}) before it told what came of it`);
  });
  const [played] = await Promise.race([once(player, "message"), ended]);
  await ended.catch(() => {});
  return played as Played;
}
