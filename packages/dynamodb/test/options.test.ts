import { describe, expect, it } from "vitest";
import { type DynamodbStoreOptions, dynamodbStore } from "../src/dynamodb-store.js";
import { createTable } from "../src/table/create-table.js";

const client = { send: () => Promise.reject(new Error("nobody is to be asked")) };
const table = "claviger";

describe("dynamodbStore", () => {
  it("refuses an unknown option by name, and says which there are", () => {
    const misspelt = { client, table, tabel: "x" } as DynamodbStoreOptions;
    expect(() => dynamodbStore(misspelt)).toThrow(
      new TypeError('dynamodbStore has no option "tabel"; allowed: client, table'),
    );
  });

  it.each([null, undefined, "https://key:secret@host", 7])("refuses %j for options", (given) => {
    expect(() => dynamodbStore(given as never)).toThrow(TypeError);
    expect(() => dynamodbStore(given as never)).not.toThrow("secret");
  });

  it.each([undefined, null, "https://key:secret@host", {}, { send: "x" }, () => {}])(
    "refuses %j for a client, and says what one is",
    (given) => {
      const options = { client: given, table } as unknown as DynamodbStoreOptions;
      expect(() => dynamodbStore(options)).toThrow(
        /^client must be a DynamoDBClient of @aws-sdk\/client-dynamodb; got /,
      );
      expect(() => dynamodbStore(options)).not.toThrow("secret");
    },
  );

  it.each([undefined, null, "", "ab", "a b", "ä-table", "x".repeat(256), "arn:aws:dynamodb:eu-west-1:1:table/t"])(
    "refuses %j for a table, and says what one is called",
    (given) => {
      const options = { client, table: given } as unknown as DynamodbStoreOptions;
      expect(() => dynamodbStore(options)).toThrow(
        /^table must be 3 to 255 characters of a-z, A-Z, 0-9, _, \. and -; got /,
      );
    },
  );

  it("says how a client is handed in, where it was handed in bare", () => {
    expect(() => Reflect.apply(dynamodbStore, undefined, [client])).toThrow("dynamodbStore({ client, table })");
  });

  it("goes by the caller's clock, its lists lag, and it tells nothing: it says so", () => {
    const { capabilities } = dynamodbStore({ client, table });
    expect(capabilities).toEqual({ meterClock: "caller", lists: "lagging", sharedMeters: false, signal: "none" });
    expect(dynamodbStore({ client, table })).not.toHaveProperty("watch");
    expect(Object.isFrozen(capabilities)).toBe(true);
  });
});

describe("createTable", () => {
  it("refuses wrong options and a wrong client as dynamodbStore does, but as a rejection", async () => {
    await expect(createTable(client, { tabel: "x" } as never)).rejects.toThrow('createTable has no option "tabel"');
    await expect(createTable({} as never, { table })).rejects.toThrow("client must be");
    await expect(createTable(client, { table: "no" })).rejects.toThrow("table must be");
  });
});
