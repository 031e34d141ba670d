import type { ReplaceResult, UsedKeyRecord } from "@claviger/core";
import { linkChange } from "./events/change-event.js";
import type { Shell } from "./shell.js";

const HOUR_MS = 3_600_000;

/**
 * Digests a token that has just verified anew, under the signing pepper. In the background, and by compare-and-swap on
 * the version that was read: whoever changed the key meanwhile wins, and the next success under the old digest tries
 * again. Once an hour, process and secret, so that a busy key costs one write, and processes that sign under different
 * peppers, while a deploy is on its way, do not rehash after each other on every request.
 */
export function rehash(shell: Shell, key: UsedKeyRecord, token: string, matched: "current" | "previous"): void {
  const name = `${matched} ${key.id} ${Math.floor(shell.clock() / HOUR_MS)}`;
  shell.background.runOnce(`rehash ${name}`, async () => {
    if (!shell.rehashed.admit(name)) return;
    const { outcome } = await writeDigest(shell, key, token, matched).catch(() => ({ outcome: "failed" }));
    if (outcome !== "replaced") shell.rehashed.forget(name);
  });
}

async function writeDigest(
  shell: Shell,
  key: UsedKeyRecord,
  token: string,
  matched: "current" | "previous",
): Promise<ReplaceResult> {
  const rehashed = { ...withDigest(shell, key, token, matched), version: key.version + 1 };
  const note = { type: "key.rehashed", data: { secret: matched }, reason: undefined, address: undefined } as const;
  const { next, event } = linkChange(shell.random, rehashed, note, shell.clock());
  return shell.store.replace(next, key.version, event);
}

function withDigest(shell: Shell, key: UsedKeyRecord, token: string, matched: "current" | "previous"): UsedKeyRecord {
  const digest = shell.peppers.sign(token);
  if (matched === "current") return { ...key, digest };
  return { ...key, rotation: key.rotation && { ...key.rotation, previous: digest } };
}
