import { memoryStore } from "@claviger/memory";
import { withPoisonedAmbience } from "@claviger/testing";
import { describe, expect, it } from "vitest";
import { openWorld, PEPPER } from "./support/open-world.js";

describe("with clock and randomness injected", () => {
  it("no verb touches Math.random, the ambient clock or the platform's randomness", async () => {
    const codes = await withPoisonedAmbience(async () => {
      const store = memoryStore();
      const { keyring, clock } = openWorld(store);
      const { key, token } = await keyring.create({
        owner: "user_1",
        name: "A key",
        scopes: ["a:b"],
        expiresIn: "10d",
        notBefore: new Date(0),
        restrictions: { ip: { allow: ["10.0.0.0/8"] } },
        limits: [
          { name: "burst", kind: "rate", limit: 10, per: "1m" },
          { name: "window", kind: "rate", limit: 10, per: "1m", algorithm: "fixed" },
          { name: "month", kind: "quota", limit: 10, refill: "month", timeZone: "Europe/Berlin" },
          { name: "budget", kind: "credits", limit: 10 },
        ],
      });
      const request = { ip: "10.0.0.1", scopes: ["a:b"] };
      const codeOf = async (presented: string): Promise<string> => {
        const verdict = await keyring.verify(presented, request);
        return verdict.ok ? "ok" : verdict.code;
      };
      const seen = [await codeOf(token)];
      await keyring.update(key.id, { name: "Another" });
      const rotated = await keyring.rotate(key.id);
      await keyring.cancelRotation(key.id);
      await keyring.rotate(key.id, { overlap: "1h" });
      await keyring.finishRotation(key.id);
      await keyring.disable(key.id);
      await keyring.enable(key.id);
      seen.push(await codeOf(rotated.token));
      const { token: last } = await keyring.rotate(key.id, { overlap: 0 });
      await keyring.list({ search: "another", status: "active" });
      await keyring.get(key.id);
      const newer = openWorld(store, { peppers: [{ id: "2027", secret: new Uint8Array(32).fill(7) }, PEPPER] });
      seen.push((await newer.keyring.verify(last, request)).ok ? "ok" : "refused");
      await newer.keyring.flush();
      const gone = openWorld(store, { peppers: [] });
      seen.push((await gone.keyring.verify(last, request)).ok ? "ok" : "refused");
      await gone.keyring.flush();
      clock.advance(1);
      await keyring.revoke(key.id);
      await keyring.delete(key.id);
      await keyring.close();
      return seen;
    });
    expect(codes).toEqual(["ok", "unknown", "ok", "refused"]);
  });

  it("the poison is real: without an injected clock it is met, and without injected randomness too", async () => {
    for (const missing of [{ clock: undefined }, { random: undefined }]) {
      const act = withPoisonedAmbience(() => {
        const { keyring } = openWorld(memoryStore(), missing as object);
        return keyring.create({ owner: "user_1", name: "A key" });
      });
      await expect(act).rejects.toThrow(/touched|source of random bytes threw/);
    }
  });
});
