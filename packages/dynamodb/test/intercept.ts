import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** One request on its way: each attempt of the SDK's is one of its own. */
export interface Send {
  /** `UpdateItemCommand` and the like. */
  readonly command: string;
  readonly input: unknown;
  /** Of the client, from 1. */
  readonly number: number;
}

/** Stands where the network is: sends what it will with `proceed`, and answers. */
export type Intercept = <Output>(send: Send, proceed: () => Promise<Output>) => Promise<Output>;

/** Puts an interceptor below the SDK's own retries. */
export function intercept(client: DynamoDBClient, act: Intercept): DynamoDBClient {
  let number = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      number += 1;
      return act({ command: String(context.commandName), input: args.input, number }, () => next(args));
    },
    { step: "deserialize", name: "intercept", priority: "high" },
  );
  return client;
}

/** What the SDK takes for a connection that broke: it tries again by itself. */
export function connectionLost(): Error {
  return Object.assign(new Error("socket hang up"), { name: "TimeoutError", code: "ECONNRESET" });
}

/** What DynamoDB answers when it is asked too much. */
export function throttled(): Error {
  return Object.assign(new Error("too much"), { name: "ProvisionedThroughputExceededException" });
}

/** The answer inside what the middleware passes on. */
export function outputOf(reply: unknown): object {
  if (typeof reply === "object" && reply !== null && "output" in reply) {
    const { output } = reply;
    if (typeof output === "object" && output !== null) return output;
  }
  throw new Error("the reply has no output");
}
