import { atMost } from "./at-most.js";
import type { PostgresJsClient } from "./client.js";
import { codeOf } from "./fault.js";
import type { Sender } from "./sender.js";

const UNKNOWN_STATEMENT = "26000";

/**
 * Asks postgres.js, which names prepared statements itself, and repeats by itself what a pooler lost. It would do so for
 * ever, and leave a statement behind on the server each time: so the first repetition that shows is the last.
 *
 * Does another question follow on the same connection before such a one is answered, the repetition goes astray (3.4.9
 * takes both descriptions for the first one's, and neither ever ends). So it is asked no more at once than it has
 * connections.
 */
export function postgresJsSender(client: PostgresJsClient): Sender {
  let isPrepared = true;
  return atMost(client.options?.max ?? 1, client, async ({ text, name }, values) => {
    const asked = client.unsafe(text, [...values], { prepare: isPrepared && name !== undefined });
    const rows = await asked;
    if (codeOf(Reflect.get(asked, "retried")) === UNKNOWN_STATEMENT) isPrepared = false;
    return rows;
  });
}
