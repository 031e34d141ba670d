import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { textArray } from "../src/client/text-array.js";
import { openPool, type TestClient } from "./clients.js";

/** What arrays or JSON write otherwise, and what stands in ids. */
const text = fc
  .array(
    fc.constantFrom('"', "\\", "{", "}", ",", "NULL", "null", "a", "0", "é", "😀", " ", "\n", "\t", "\u0001", "\u007f"),
  )
  .map((parts) => parts.join(""));

let opened: TestClient<pg.Pool>;
beforeAll(async () => {
  opened = await openPool();
});
afterAll(() => opened.end());

it("PostgreSQL reads an array of texts as it was written", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text), async (texts) => {
      const { rows } = await opened.client.query("SELECT to_json($1::text::text[]) AS texts", [textArray(texts)]);
      expect(rows).toEqual([{ texts }]);
    }),
  );
});
