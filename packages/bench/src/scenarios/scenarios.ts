import { MEMORY_KEYS } from "../bounds.js";
import { middlewareScenario } from "../middleware/middleware-scenario.js";
import type { Scenario } from "../scenario.js";
import { dynamodb } from "./dynamodb.js";
import { malformed } from "./malformed.js";
import { limitedMemoryScenario, memoryScenario } from "./memory.js";
import { peers } from "./peers.js";
import { coldScenario } from "./postgres/cold.js";
import { limitedAlone, limitedHot, limitedSome } from "./postgres/limited.js";
import { postgresPeers } from "./postgres/peers.js";
import { usage } from "./postgres/usage.js";

/** Everything that is measured, in the order of the tables. */
export const SCENARIOS: readonly Scenario[] = [
  ...MEMORY_KEYS.flatMap((keys) => [memoryScenario(keys), limitedMemoryScenario(keys)]),
  malformed,
  peers,
  coldScenario(1),
  coldScenario(16),
  coldScenario(64),
  limitedAlone,
  limitedSome,
  limitedHot,
  usage,
  postgresPeers,
  dynamodb,
  middlewareScenario("express"),
  middlewareScenario("hono"),
  middlewareScenario("koa"),
];
