import { type Stage, show } from "../stage.js";
import type { Refusal } from "./compare-refusals.js";

export interface Rotated {
  /** The new token. */
  readonly fresh: string;
  /** What the old one got after its end. */
  readonly former: Refusal;
}

export async function rotateKey(stage: Stage, keyId: string, old: string): Promise<Rotated> {
  const { client, keyring, tell } = stage;

  tell.act('keyring.rotate(key.id, { overlap: "1h" })');
  const { key, token: fresh } = await keyring.rotate(keyId, { overlap: "1h" });

  const oldDuring = await client.get("/v1/invoices", old, "the old token");
  const newDuring = await client.get("/v1/invoices", fresh, "the new one");
  show(
    stage,
    "Both are 200: there is an hour to tell every client.",
    oldDuring.status === 200 && newDuring.status === 200,
  );

  tell.act("keyring.finishRotation(key.id)");
  await keyring.finishRotation(keyId);

  const oldAfter = await client.get("/v1/invoices", old, "the old token");
  const newAfter = await client.get("/v1/invoices", fresh, "the new one");
  show(
    stage,
    "Only the new one is 200 now. The key kept its id, and so its name, scopes and history.",
    oldAfter.status === 401 && newAfter.status === 200 && key.id === keyId,
  );
  return { fresh, former: { who: "the token from before a rotation", answer: oldAfter } };
}
