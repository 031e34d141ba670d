import { createTestDatabase, startDynamo } from "@claviger/testing";
import { describe, expect, it } from "vitest";
import { boundsOf } from "../src/bounds.js";
import { playScenario } from "../src/play-scenario.js";
import { judge, judgementLine } from "../src/report/judge.js";
import { scenarioTable } from "../src/report/scenario-table.js";
import { SCALES } from "../src/scales.js";
import type { Scenario, World } from "../src/scenario.js";
import { dynamodb } from "../src/scenarios/dynamodb.js";
import { malformed } from "../src/scenarios/malformed.js";
import { limitedMemoryScenario, memoryScenario } from "../src/scenarios/memory.js";
import { peers } from "../src/scenarios/peers.js";
import { limitedAlone, limitedHot } from "../src/scenarios/postgres/limited.js";
import { postgresPeers } from "../src/scenarios/postgres/peers.js";
import { usage } from "../src/scenarios/postgres/usage.js";

const scale = SCALES.smoke;

/** Every contestant is proved, and asked a few times; how fast it was is no matter here. */
async function tryOut(scenario: Scenario, at: Partial<World> = {}): Promise<void> {
  const played = await playScenario(scenario, { scale, postgresUrl: "", dynamoEndpoint: "", ...at });
  const measures = Object.values(played.series).flat();
  expect(measures.length).toBeGreaterThanOrEqual(2);
  for (const { perSecond } of measures) expect(perSecond).toBeGreaterThan(0);
  for (const name of [scenario.against, ...Object.keys(played.series)])
    expect(scenarioTable(scenario, played)).toContain(`| ${name} |`);
  for (const bound of boundsOf(scenario.name))
    expect(judgementLine(judge(bound, played.series))).toContain(scenario.name);
}

describe("each contestant tells good tokens from bad ones and is timed", () => {
  it("in memory", async () => {
    await tryOut({ ...memoryScenario(20), name: "memory-1000" });
    await tryOut({ ...limitedMemoryScenario(20), name: "memory-1000-limited" });
    await tryOut(malformed);
    await tryOut(peers);
  });

  it("on PostgreSQL", async () => {
    const { url, drop } = await createTestDatabase();
    try {
      for (const scenario of [limitedAlone, limitedHot, usage, postgresPeers])
        await tryOut(scenario, { postgresUrl: url });
    } finally {
      await drop();
    }
  });

  it("on DynamoDB's API", async () => {
    const { endpoint, stop } = await startDynamo();
    try {
      await tryOut(dynamodb, { dynamoEndpoint: endpoint });
    } finally {
      await stop();
    }
  });
});
