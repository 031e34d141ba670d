import { expiryTime, generateToken, parseRotateOptions, startRotation } from "@claviger/core";
import type { IssuedKey } from "../keyring.js";
import type { Shell } from "../shell.js";
import { change, checkedId } from "./change.js";
import { shownKey } from "./read.js";

/** Gives a key a second secret under the same id. */
export async function rotateKey<Granted extends string>(
  shell: Shell,
  tenant: string,
  id: unknown,
  options: unknown,
): Promise<IssuedKey<Granted>> {
  const terms = parseRotateOptions(options);
  const token = generateToken({ prefix: shell.prefix, id: checkedId(id), random: shell.random });
  const digest = shell.peppers.sign(token);
  const { key, nowMs } = await change(shell, { tenant, id, act: "rotate", terms }, (entry, at) => {
    const expiresAt = terms.expiry && expiryTime(terms.expiry, shell.settings, at);
    return startRotation(entry, { digest, overlapMs: terms.overlapMs, expiresAt }, at);
  });
  return { key: shownKey<Granted>(key, nowMs), token };
}
