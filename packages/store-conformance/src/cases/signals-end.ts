import assert from "node:assert/strict";
import { listen } from "../listen.js";
import { changed, insertSample, replaceSample } from "../samples.js";
import type { Suite } from "../suite.js";
import { whereSent } from "../where-sent.js";

export function signalsEnd(suite: Suite): void {
  const sent = whereSent(suite);
  sent("every listener hears, each until it stops, and never after", async ({ ears, writer }) => {
    const [first, second] = [await listen(ears), await listen(ears)];
    const key = await insertSample(writer);
    const next = changed(key);
    await replaceSample(writer, next);
    for (const ear of [first, second]) await ear.hears({ kind: "key", keyId: key.id });
    await first.stop();
    for (const ear of [first, second]) ear.empty();
    await replaceSample(writer, changed(next));
    await second.hears({ kind: "key", keyId: key.id });
    assert.deepEqual(first.heard, []);
    await Promise.all([first.stop(), second.stop(), second.stop()]);
    const again = await listen(ears);
    await replaceSample(writer, changed(changed(next)));
    await again.hears({ kind: "key", keyId: key.id });
    assert.deepEqual(
      second.heard.filter(({ kind }) => kind === "hearing"),
      [],
    );
    await again.stop();
  });

  sent("closing a store ends what it listened to, and nobody else's hearing", async ({ ears, writer }) => {
    const ear = await listen(ears);
    await ears.close();
    assert.ok(
      ear.heard.some(({ kind }) => kind === "lost"),
      "closing tells who still listens that he hears no more",
    );
    ear.empty();
    // Where nobody else can reach the data, or hear of it, the closed store has nobody left to tell.
    const other = writer === ears || writer.watch === undefined ? undefined : await listen(writer);
    if (other === undefined) return;
    const key = await insertSample(writer);
    await replaceSample(writer, changed(key));
    await other.hears({ kind: "key", keyId: key.id });
    assert.deepEqual(ear.heard, []);
    await ear.stop();
    await other.stop();
  });
}
