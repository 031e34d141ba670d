import { createTable, dynamodbStore } from "@claviger/dynamodb";
import { openDynamoClient } from "@claviger/testing";
import { bareGetItem } from "../contestants/bare-dynamodb.js";
import { claviger } from "../contestants/claviger.js";
import { sideBySide } from "../measure/side-by-side.js";
import { closeAll, type Lineup, type Scenario, type World } from "../scenario.js";
import { madeUpTokens } from "../tokens/made-up.js";
import { copyOf, sampleInsertion } from "../tokens/sample.js";
import { tokenBook } from "../tokens/token-book.js";
import { givenOf, textsOf } from "./memory-keys.js";

const TABLE = "bench";
const SEED = 3;
const CALLERS = 64;
const OWNERS = 100;
const PROVED = 10;

/** Cold keys, no cache. The server, dynalite, is another thread's, and slower than DynamoDB at everything. */
export const dynamodb: Scenario = {
  name: "dynamodb-64",
  title: `DynamoDB's API, cold keys, no cache, ${CALLERS} at once`,
  against: "one GetItem",
  shows: "throughput",
  needs: "dynamodb",
  open,
};

async function open({ dynamoEndpoint, scale }: World): Promise<Lineup> {
  const client = openDynamoClient(dynamoEndpoint);
  await createTable(client, { table: TABLE });
  const store = dynamodbStore({ client, table: TABLE });
  const sample = await sampleInsertion([]);
  const keys = [...madeUpTokens(scale.peerKeys, SEED)];
  for (const [index, madeUp] of keys.entries())
    await store.insert(...copyOf(sample, madeUp, `user_${index % OWNERS}`, index));
  const given = givenOf(keys.slice(0, PROVED), tokenBook(textsOf(keys)));
  const contestants = [bareGetItem(client, TABLE, given), claviger("claviger", { store, usage: false }, given)];
  return {
    entrants: await Promise.all(contestants.map((contestant) => sideBySide(contestant, CALLERS))),
    close: async () => {
      await closeAll(contestants);
      client.destroy();
    },
  };
}
