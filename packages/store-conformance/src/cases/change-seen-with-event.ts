import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { KeyRecord, Store } from "@claviger/core";
import { changed, changeOf, findOne, insertSample } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";

const CHANGES = 30;

async function changeAgainAndAgain(store: Store, key: KeyRecord): Promise<void> {
  let current = key;
  for (let change = 0; change < CHANGES; change += 1) {
    const next = changed(current);
    assert.deepEqual(await store.replace(next, current.version, changeOf(next, "key.updated")), {
      outcome: "replaced",
    });
    current = next;
  }
}

async function versionNow(store: Store, key: KeyRecord): Promise<number> {
  return (await findOne(store, key.id))?.version ?? 0;
}

async function look(store: Store, key: KeyRecord): Promise<void> {
  const before = await versionNow(store, key);
  const told = (await eventsOf(store, key)).map(({ version }) => version ?? 0);
  const after = await versionNow(store, key);
  assert.ok(told.length >= before, `version ${before} is there without its event`);
  assert.ok(told.length <= after, `the event of version ${told.length} is there before the change`);
  assert.deepEqual(
    told,
    told.map((_, index) => index + 1),
  );
}

export function changeSeenWithEvent({ it, createStore }: Suite): void {
  it("promise 8: while a key is changed, nobody sees a change without its event, nor an event before its change", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    let isOver = false;
    const changing = changeAgainAndAgain(store, key).finally(() => {
      isOver = true;
    });
    const watching = (async () => {
      while (!isOver) {
        await look(store, key);
        // A store that answers from memory would leave nobody else a turn.
        await nextTurn();
      }
    })();
    await Promise.all([changing, watching]);
    await look(store, key);
    assert.equal(await versionNow(store, key), 1 + CHANGES);
  });
}
