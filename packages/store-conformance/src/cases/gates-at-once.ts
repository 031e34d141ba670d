import assert from "node:assert/strict";
import type { OwnerRef } from "@claviger/core";
import { resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { HOSTILE_TEXTS } from "../hostile-texts.js";
import { freshTenant, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { vandalise } from "../vandalise.js";

/** What a store has in place of what it may have: nothing, under this name or one like it, under which nobody would look. */
function assertNone(method: object, name: string): void {
  const alike = Object.keys(method).filter((member) => /once/i.test(member));
  assert.deepEqual(alike, [], `${name} has members that are not called atOnce`);
}

export function gatesAtOnce({ it, createStore }: Suite): void {
  it("settings.get.atOnce: it answers as settings.get does, before and after each change; where there is none, there is none of a like name", async () => {
    const store = await createStore();
    const { atOnce } = store.settings.get;
    if (atOnce === undefined) return assertNone(store.settings.get, "settings.get");
    const tenant = freshTenant();
    const agree = (expected: unknown) => agreeOn([tenant], expected, (asked) => store.settings.get(asked), atOnce);
    await agree([undefined]);
    const first = sampleSettings({ tenant, settings: { enabled: false } });
    await store.settings.replace(first, 0, settingsEvent(first));
    await agree([first]);
    vandalise(atOnce(tenant));
    await agree([first]);
    const next = { ...first, version: 2, settings: {} };
    await store.settings.replace(next, 1, settingsEvent(next));
    await agree([next]);
    for (const name of HOSTILE_TEXTS) assert.equal(atOnce(name), undefined);
  });

  it("owners.read.atOnce: it answers as owners.read does, before and after each change; where there is none, there is none of a like name", async () => {
    const store = await createStore();
    const { atOnce } = store.owners.read;
    if (atOnce === undefined) return assertNone(store.owners.read, "owners.read");
    const tenant = freshTenant();
    const others = HOSTILE_TEXTS.map((owner): OwnerRef => ({ tenant, owner }));
    const anna = { tenant, owner: "anna" };
    const agree = (suspendedAt: number | null) => {
      const expected = [suspendedAt, ...others.map(() => null)].map((at) => ({ suspendedAt: at }));
      return agreeOn([anna, ...others], expected, (asked) => store.owners.read(asked), atOnce);
    };
    await agree(null);
    await store.owners.suspend(suspension(anna, NOW_MS));
    await agree(NOW_MS);
    vandalise(atOnce(anna));
    await agree(NOW_MS);
    await store.owners.resume(resumption(anna, NOW_MS + 1));
    await agree(null);
  });
}

async function agreeOn<Asked, Answer>(
  asked: readonly Asked[],
  expected: unknown,
  waiting: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
  atOnce: (asked: Asked) => Answer,
): Promise<void> {
  assert.deepEqual(await waiting(asked), expected);
  assert.deepEqual(
    asked.map((one) => atOnce(one)),
    expected,
  );
}
