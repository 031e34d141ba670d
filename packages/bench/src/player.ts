// The process of one scenario: it plays it, tells its parent what came of it, and ends.

import { playScenario } from "./play-scenario.js";
import type { World } from "./scenario.js";
import { SCENARIOS } from "./scenarios/scenarios.js";

// Nobody waits for it any more.
process.on("disconnect", () => process.exit());

const [name, world] = process.argv.slice(2);
const scenario = SCENARIOS.find((one) => one.name === name);
if (scenario === undefined || world === undefined) throw new Error(`there is no scenario ${name}`);
const played = await playScenario(scenario, JSON.parse(world) as World);
process.send?.(played, () => process.disconnect());
