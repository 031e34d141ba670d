import type { Keyring } from "claviger";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamodbStore } from "../../src/dynamodb-store.js";
import { openTable, type TestTable } from "../test-table.js";
import { CASES } from "./cases.js";
import { openCrew, type Verifier } from "./crew.js";
import { CREDITS, killAmid } from "./kill-amid.js";
import { frozenKeyring, sumOf, verifyAtOnce } from "./verify-at-once.js";

const CALLS = 1_000;
const PROCESSES = 4;

describe(`promise 3: of ${CALLS} verifies at once exactly as many are admitted as fit, and none is turned away for the crowd`, () => {
  let opened: TestTable;
  let keyring: Keyring;
  let crew: readonly Verifier[];
  beforeAll(async () => {
    opened = await openTable("exact");
    keyring = frozenKeyring(dynamodbStore({ client: opened.client, table: opened.table }));
    crew = await openCrew(opened, PROCESSES);
  });
  afterAll(async () => {
    await Promise.all(crew.map((each) => each.kill()));
    await opened.remove();
  });

  describe.each(CASES.map((each) => [each.title, each] as const))(
    "%s",
    (_, { limits, cost = 1, admitted, refusal, remaining }) => {
      it.each([
        ["one process", (token: string) => verifyAtOnce(keyring, { token, times: CALLS, cost })],
        [
          `${PROCESSES} processes`,
          async (token: string) =>
            sumOf(await Promise.all(crew.map((each) => each.ask({ token, times: CALLS / PROCESSES, cost })))),
        ],
      ])("from %s", async (_by, verify) => {
        const { token } = await keyring.create({ owner: "owner", name: "A busy key", limits });
        expect(await verify(token)).toEqual({ ok: admitted, [refusal]: CALLS - admitted });
        expect((await keyring.verify(token, { cost })).limits?.map((limit) => limit.remaining)).toEqual(remaining);
      });
    },
  );

  it("where half of the processes are killed in the midst, never more", async () => {
    const { amid, afterwards } = await killAmid(keyring, crew);
    expect(amid).toBeGreaterThan(0);
    expect(amid + afterwards).toBeLessThanOrEqual(CREDITS);
  });
});
