import type { IssuedKey, RegisteredGrant } from "claviger";
import { type Stage, show } from "../stage.js";

/** Length of what stands at the end of a token and nobody but its holder may know: secret and checksum. */
const SECRET_PART_LENGTH = 38;

export async function makeKey(stage: Stage): Promise<IssuedKey<RegisteredGrant>> {
  const { keyring, tell } = stage;

  tell.act('keyring.create({ owner: "anna", name: "Invoice export", scopes: ["invoices:read"] })');
  const issued = await keyring.create({ owner: "anna", name: "Invoice export", scopes: ["invoices:read"] });
  tell.tokenOnce(`   token: ${issued.token}`);
  tell.say(
    `   key:   ${issued.key.id}, owner ${issued.key.owner}, “${issued.key.name}”, may ${issued.key.scopes.join(", ")}`,
  );

  const kept = JSON.stringify(await keyring.get(issued.key.id));
  show(
    stage,
    "The token is in this one result: the key, as one reads it from now on, does not hold it.",
    !kept.includes(issued.token.slice(-SECRET_PART_LENGTH)),
  );
  return issued;
}
