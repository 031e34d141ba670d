import fc from "fast-check";
import { expect, it } from "vitest";
import { headerValues } from "./raw-headers.js";

const name = fc.constantFrom("authorization", "Authorization", "AUTHORIZATION", "x-api-key", "accept");
const lines = fc.array(fc.tuple(name, fc.string()));

it("every line of the name, in any case and in order, and nothing else", () => {
  fc.assert(
    fc.property(lines, (given) => {
      const expected = given.filter(([field]) => field.toLowerCase() === "authorization").map(([, value]) => value);
      expect(headerValues(given.flat(), "authorization")).toEqual(expected);
    }),
  );
});

it("a value is never taken for a name", () => {
  expect(headerValues(["x-note", "authorization", "accept", "Bearer x"], "authorization")).toEqual([]);
});
