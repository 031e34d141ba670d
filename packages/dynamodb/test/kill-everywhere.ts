import type { Store } from "@claviger/core";
import { openDynamoClient } from "@claviger/testing";
import { expect } from "vitest";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { intercept } from "./intercept.js";
import type { TestTable } from "./test-table.js";

/** Where a process dies: in its n-th request, before DynamoDB hears of it or after it has done it. */
export interface Death {
  readonly request: number;
  readonly when: "before" | "after";
}

interface Mortal {
  readonly store: Store;
  readonly requests: () => number;
  /** Resolves when DynamoDB has answered all that it had heard: an act may fail while others of its requests are under way. */
  readonly end: () => Promise<void>;
}

/** A store whose process dies, or with no death one that lives, and how many requests it made. */
function mortal({ endpoint, table }: TestTable, death?: Death): Mortal {
  let requests = 0;
  const heard: Promise<unknown>[] = [];
  const client = intercept(openDynamoClient(endpoint, { maxAttempts: 1 }), async (_, proceed) => {
    requests += 1;
    const isLast = requests === death?.request;
    if (death !== undefined && (requests > death.request || (isLast && death.when === "before"))) throw dead();
    const answered = proceed();
    heard.push(answered);
    const answer = await answered;
    if (isLast) throw dead();
    return answer;
  });
  const end = async (): Promise<void> => {
    await Promise.allSettled(heard);
    client.destroy();
  };
  return { store: dynamodbStore({ client, table }), requests: () => requests, end };
}

function dead(): Error {
  return new Error("the process is dead");
}

/**
 * Does an act once for each place where it can be killed.
 *
 * @param prepare what is there before the act, made by a process that lives
 * @param check what must hold afterwards, whatever became of the act
 */
export async function killEverywhere<Given>(
  opened: TestTable,
  prepare: () => Promise<Given>,
  act: (store: Store, given: Given) => Promise<unknown>,
  check: (given: Given, death: Death) => Promise<void>,
): Promise<void> {
  const living = mortal(opened);
  await act(living.store, await prepare());
  await living.end();
  expect(living.requests()).toBeGreaterThan(1);
  for (let request = 1; request <= living.requests(); request += 1) {
    for (const when of ["before", "after"] as const) {
      const given = await prepare();
      const dying = mortal(opened, { request, when });
      await act(dying.store, given).catch(() => {});
      await dying.end();
      expect(dying.requests()).toBeGreaterThanOrEqual(request);
      await check(given, { request, when });
    }
  }
}
