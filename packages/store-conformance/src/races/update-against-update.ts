import assert from "node:assert/strict";
import type { UpdateInput } from "claviger";
import { issueRunner } from "./act-at-once.js";
import { chainedHistoryOf, countChanges } from "./history.js";
import { AT_ONCE, type Course, callerAt, type Race } from "./race.js";

const FIELDS: readonly ((writer: number) => UpdateInput)[] = [
  (writer) => ({ name: `writer ${writer}` }),
  (writer) => ({ scopes: [`writer:${writer}`] }),
  (writer) => ({ metadata: { writer } }),
  (writer) => ({ limits: [{ name: "written", kind: "credits", limit: writer }] }),
];

/** Repeated on conflict, as the caller of the keyring must where more come at once than it tries again. */
async function update(course: Course, key: { tenant: string; id: string }, writer: number): Promise<void> {
  const input = FIELDS[writer % FIELDS.length]?.(writer) ?? {};
  for (let attempt = 1; attempt <= AT_ONCE; attempt += 1) {
    const { outcome } = await callerAt(course, writer)({ verb: "update", ...key, input });
    if (outcome === "ok") return;
    assert.equal(outcome, "conflict");
  }
  assert.fail("somebody wins each round, so nobody loses as many as there are writers");
}

export const updateAgainstUpdate: Race = {
  title: "update against update: writers of one field each, all at once, lose no field and no change",
  async run(course) {
    const key = await issueRunner(course);
    await Promise.all(Array.from({ length: AT_ONCE }, (_, writer) => update(course, key, writer)));
    const history = await chainedHistoryOf(course.store, key);
    assert.equal(countChanges(history, "key.updated"), AT_ONCE);
    assert.ok(history.key.state === "active");
    const { name, scopes, metadata, limits } = history.key;
    const [named = ""] = scopes;
    const last = [name.split(" ")[1], named.split(":")[1], metadata.writer, limits[0]?.limit].map(Number);
    assert.deepEqual(
      last.map((writer) => writer % FIELDS.length),
      [0, 1, 2, 3],
      "each field is as one of its own writers left it",
    );
  },
};
