import { startDynamo, startPostgres } from "@claviger/testing";
import type { Scenario } from "./scenario.js";

/** The servers that a run brings along, each started when a scenario first needs it. */
export interface Servers {
  /** Where they are; empty for those that are not started. */
  readyFor(needs: Scenario["needs"]): Promise<{ readonly postgresUrl: string; readonly dynamoEndpoint: string }>;
  stop(): Promise<void>;
}

export function createServers(): Servers {
  let postgres: ReturnType<typeof startPostgres> | undefined;
  let dynamo: ReturnType<typeof startDynamo> | undefined;
  return {
    async readyFor(needs) {
      if (needs === "postgres") postgres ??= startPostgres("as it comes");
      if (needs === "dynamodb") dynamo ??= startDynamo();
      return { postgresUrl: (await postgres)?.url ?? "", dynamoEndpoint: (await dynamo)?.endpoint ?? "" };
    },
    async stop() {
      await (await postgres)?.remove();
      await (await dynamo)?.stop();
    },
  };
}
