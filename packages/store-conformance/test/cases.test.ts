import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CASES } from "../src/cases.js";

const FOLDER = new URL("../src/cases/", import.meta.url);
const declared = new Set<unknown>(Object.values(CASES));

describe("the table of cases", () => {
  for (const file of readdirSync(FOLDER)) {
    it(`holds what ${file} declares`, async () => {
      const module: object = await import(new URL(file, FOLDER).href);
      expect(Object.values(module).filter((value) => declared.has(value))).toHaveLength(1);
    });
  }
});
