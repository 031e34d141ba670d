import { type Stage, show } from "../stage.js";
import type { Refusal } from "./compare-refusals.js";

export async function disableAndEnable(stage: Stage, keyId: string, token: string): Promise<Refusal> {
  const { client, keyring, tell } = stage;

  tell.act('keyring.disable(key.id, { reason: "odd traffic at night" })');
  await keyring.disable(keyId, { reason: "odd traffic at night" });
  const disabled = await client.get("/v1/invoices", token);
  show(stage, "401 from the very next request on.", disabled.status === 401);

  tell.act("keyring.enable(key.id)");
  await keyring.enable(keyId);
  const enabled = await client.get("/v1/invoices", token);
  show(stage, "200: a false alarm costs no client a new token.", enabled.status === 200);
  return { who: "the token of a disabled key", answer: disabled };
}
