import { ClavigerError } from "claviger";
import { type Stage, show } from "../stage.js";
import type { Refusal } from "./compare-refusals.js";

export async function revokeKey(stage: Stage, keyId: string, token: string): Promise<Refusal> {
  const { client, keyring, tell } = stage;

  tell.act('keyring.revoke(key.id, { reason: "left the company" })');
  await keyring.revoke(keyId, { reason: "left the company" });
  const answer = await client.get("/v1/invoices", token);
  show(stage, "401: the client is out.", answer.status === 401);

  tell.act("keyring.enable(key.id)");
  const refusal = await keyring.enable(keyId).catch((error: unknown) => error);
  show(
    stage,
    "illegal_transition: nothing brings a revoked key back.",
    refusal instanceof ClavigerError && refusal.code === "illegal_transition",
  );
  return { who: "the token of a revoked key", answer };
}
