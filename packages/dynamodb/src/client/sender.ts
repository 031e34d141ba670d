import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { createBackoff, type Waiting } from "./backoff.js";
import { codeOf, faultOf } from "./fault.js";

/** What DynamoDB refused for want of capacity: it did not run. */
const THROTTLED: readonly string[] = [
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
];

/**
 * Sends a command, and again while DynamoDB is throttling and there is time to wait, beyond what the SDK repeats by itself.
 *
 * @throws ConditionalCheckFailedException
 * @throws Error with the exception's name or the connection's trouble as `code`, and nothing of any item
 */
export type Sender = <Output>(send: () => Promise<Output>) => Promise<Output>;

export function createSender(table: string, waiting: Waiting): Sender {
  return async (send) => {
    const backoff = createBackoff(waiting);
    for (;;) {
      try {
        return await send();
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) throw error;
        if (!THROTTLED.includes(codeOf(error) ?? "") || !(await backoff())) throw faultOf(error, table);
      }
    }
  };
}
