import assert from "node:assert/strict";
import { resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { listen } from "../listen.js";
import { changed, findOne, freshTenant, insertSample, NOW_MS, replaceSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { whereSent } from "../where-sent.js";

export function signals(suite: Suite): void {
  const sent = whereSent(suite);
  sent("a change of a key through another handle is heard, and can be read by then", async ({ ears, writer }) => {
    const key = await insertSample(writer);
    const versions: Promise<number | undefined>[] = [];
    const ear = await listen(ears, (told) => {
      if (told.kind === "key" && told.keyId === key.id) {
        versions.push(findOne(ears, key.id).then((found) => found?.version));
      }
    });
    const revoked = changed(key, { state: "revoked" });
    for (const next of [revoked, tombstoneOf(revoked)]) {
      await replaceSample(writer, next);
      await ear.hears({ kind: "key", keyId: key.id });
      const read = await Promise.all(versions.splice(0));
      assert.ok(
        read.every((version) => version === next.version),
        `heard of version ${next.version}, read ${read}`,
      );
      ear.empty();
    }
    await ear.stop();
  });

  sent("a change of settings, a suspension and its end through another handle are heard", async ({ ears, writer }) => {
    const ear = await listen(ears);
    const settings = sampleSettings({ settings: { enabled: false } });
    const { tenant } = settings;
    const ref = { tenant, owner: "anna \u{1f511}\n'" };
    await writer.settings.replace(settings, 0, settingsEvent(settings));
    await ear.hears({ kind: "tenant", tenant });
    for (const change of [
      () => writer.owners.suspend(suspension(ref)),
      () => writer.owners.resume(resumption(ref, NOW_MS + 1)),
    ]) {
      ear.empty();
      await change();
      await ear.hears({ kind: "owner", ...ref });
    }
    await ear.stop();
  });

  sent("no change is missed of many at once, of several tenants", async ({ ears, writer }) => {
    const ear = await listen(ears);
    const tenants = [freshTenant(), freshTenant()];
    const keys = await Promise.all(tenants.flatMap((tenant) => [1, 2, 3].map(() => insertSample(writer, { tenant }))));
    await Promise.all(keys.map((key) => replaceSample(writer, changed(key))));
    for (const { id } of keys) await ear.hears({ kind: "key", keyId: id });
    await ear.stop();
  });
}
