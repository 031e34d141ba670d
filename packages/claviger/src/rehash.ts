import type { UsedKeyRecord } from "@claviger/core";
import { changeEvent } from "./change-event.js";
import type { Shell } from "./shell.js";

/**
 * Digests a token that has just verified anew, under the signing pepper. In the background, and by compare-and-swap on
 * the version that was read: whoever changed the key meanwhile wins, and the next success under the old digest tries
 * again. One at a time a key, so that a busy key costs one write and not one a request.
 */
export function rehash(shell: Shell, key: UsedKeyRecord, token: string, matched: "current" | "previous"): void {
  shell.background.runOnce(`rehash ${key.id}`, async () => {
    const next = { ...withDigest(shell, key, token, matched), version: key.version + 1 };
    const event = changeEvent(
      shell.random,
      next,
      { type: "key.rehashed", data: { secret: matched }, reason: undefined },
      shell.clock(),
    );
    await shell.store.replace(next, key.version, event);
  });
}

function withDigest(shell: Shell, key: UsedKeyRecord, token: string, matched: "current" | "previous"): UsedKeyRecord {
  const digest = shell.peppers.sign(token);
  if (matched === "current") return { ...key, digest };
  return { ...key, rotation: key.rotation && { ...key.rotation, previous: digest } };
}
