import { totalmem } from "node:os";
import { startDynamo, startPostgres } from "@claviger/testing";
import type { Scenario } from "./scenario.js";

/** The servers that a run brings along, each started when a scenario first needs it. */
export interface Servers {
  /** Where they are; empty for those that are not started. */
  readyFor(needs: Scenario["needs"]): Promise<{ readonly postgresUrl: string; readonly dynamoEndpoint: string }>;
  stop(): Promise<void>;
}

const MB = 2 ** 20;
const MAX_BUFFERS_MB = 4_096;

/**
 * A quarter of the memory, as PostgreSQL's manual advises for a server of its own: so the table of a million keys, 0.9 GB,
 * lies in it. A commit waits for the disk.
 */
function serverSettings(): { readonly shared_buffers: string } {
  return { shared_buffers: `${Math.min(Math.floor(totalmem() / 4 / MB), MAX_BUFFERS_MB)}MB` };
}

export function createServers(): Servers {
  let postgres: ReturnType<typeof startPostgres> | undefined;
  let dynamo: ReturnType<typeof startDynamo> | undefined;
  return {
    async readyFor(needs) {
      if (needs === "postgres") postgres ??= startPostgres(serverSettings());
      if (needs === "dynamodb") dynamo ??= startDynamo();
      return { postgresUrl: (await postgres)?.url ?? "", dynamoEndpoint: (await dynamo)?.endpoint ?? "" };
    },
    async stop() {
      await (await postgres)?.remove();
      await (await dynamo)?.stop();
    },
  };
}
