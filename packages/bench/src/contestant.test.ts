import { describe, expect, it } from "vitest";
import { type Contestant, nothingToClose, prove } from "./contestant.js";
import { tokenBook } from "./tokens/token-book.js";

function contestant(verify: (token: string) => boolean): Contestant {
  return {
    name: "somebody",
    asked: tokenBook(["good"]),
    proof: { good: ["good"], bad: ["bad"] },
    verify,
    accepts: (answer) => answer === true,
    close: nothingToClose,
  };
}

describe("prove", () => {
  it("lets pass who tells good tokens from bad ones", async () => {
    await prove(contestant((token) => token === "good"));
  });

  it("refuses to time who lets everyone in, nobody in, or throws", async () => {
    await expect(prove(contestant(() => true))).rejects.toThrow("somebody lets a bad token in");
    await expect(prove(contestant(() => false))).rejects.toThrow("somebody keeps a good token out");
    const throwing = contestant(() => {
      throw new Error("no such table");
    });
    await expect(prove(throwing)).rejects.toThrow("no such table");
  });

  it("refuses to time who has nothing to be proved with", async () => {
    const unproved = { ...contestant(() => true), proof: { good: ["good"], bad: [] } };
    await expect(prove(unproved)).rejects.toThrow("somebody has no tokens to be proved with");
  });
});
