import { describe, expect, it } from "vitest";
import { withPoisonedAmbience } from "./poison.js";

const TOUCHES: Readonly<Record<string, () => unknown>> = {
  "Math.random": () => Math.random(),
  "Date.now": () => Date.now(),
  "new Date()": () => new Date(),
  "Date()": () => Date(),
  "crypto.getRandomValues": () => crypto.getRandomValues(new Uint8Array(1)),
  "crypto.randomUUID": () => crypto.randomUUID(),
};

describe("withPoisonedAmbience", () => {
  it.each(Object.entries(TOUCHES))(
    "rejects an act that touches %s, also one that swallows the error",
    async (name, touch) => {
      await expect(withPoisonedAmbience(touch)).rejects.toThrow(name);
      const swallowing = async () =>
        Promise.resolve()
          .then(touch)
          .catch(() => "swallowed");
      await expect(withPoisonedAmbience(swallowing)).rejects.toThrow(`touched: ${name}`);
      expect(touch()).toBeDefined();
    },
  );

  it("lets alone what is given a time, and gives the act's result", async () => {
    expect(await withPoisonedAmbience(async () => new Date(0).toISOString())).toBe("1970-01-01T00:00:00.000Z");
  });
});
