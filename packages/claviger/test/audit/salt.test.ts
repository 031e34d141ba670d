import { bodyHashOf, type EventBody } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { expect, it } from "vitest";
import { openWorld } from "../support/open-world.js";
import { wholeLog } from "../support/whole-log.js";

it("an erased body cannot be guessed from the hash that stays: whoever knows all of it lacks the salt", async () => {
  const { keyring } = openWorld(memoryStore());
  const { key } = await keyring.create({ owner: "anna", name: "ERP", reason: "asked by Anna" });
  await keyring.disable(key.id);
  const log = await wholeLog(keyring.events, { keyId: key.id });
  expect(new Set(log.map(({ salt }) => salt)).size).toBe(2);
  for (const event of log) {
    const { chain, salt, ...guess } = event;
    expect(salt).toMatch(/^[0-9A-Za-z]{22}$/);
    expect(bodyHashOf({ ...guess, salt } as EventBody)).toBe(chain?.bodyHash);
    expect(bodyHashOf(guess)).not.toBe(chain?.bodyHash);
    await keyring.events.erase(event);
  }
  const left = (await wholeLog(keyring.events, { keyId: key.id })).filter(({ erasedAt }) => erasedAt !== undefined);
  expect(left).toHaveLength(2);
  for (const event of left) expect(event).not.toHaveProperty("salt");
  for (const { salt } of log) expect(JSON.stringify(await wholeLog(keyring.events))).not.toContain(salt);
  expect(await keyring.events.verify()).toMatchObject({ ok: true, events: 4, erased: 2 });
});
