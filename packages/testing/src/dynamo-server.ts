import { once } from "node:events";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

/** Something that speaks DynamoDB's API. */
export interface DynamoServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

// In a thread of its own: its work and the client's are about as much, and the tests are in no hurry to do both by turns. It
// closes no idle connection: a request that a client sends at that very moment would end as "socket hang up".
const SERVER = `
  const { parentPort, workerData } = require("node:worker_threads");
  const server = require(workerData)({ createTableMs: 0, deleteTableMs: 0 });
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

/** A dynalite of its own, empty; or the server that `DYNAMODB_ENDPOINT` names, which stays. */
export async function startDynamo(): Promise<DynamoServer> {
  const given = process.env.DYNAMODB_ENDPOINT;
  if (given !== undefined) return { endpoint: given, stop: async () => {} };
  const require = createRequire(import.meta.url);
  const worker = new Worker(SERVER, { eval: true, workerData: require.resolve("dynalite"), execArgv: [] });
  const [port] = await once(worker, "message");
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      await worker.terminate();
    },
  };
}
