import { type Stage, show } from "../stage.js";

export async function lackScope(stage: Stage, keyId: string, token: string): Promise<void> {
  const { client, keyring, tell } = stage;

  const refused = await client.post("/v1/invoices/inv_2/send", token);
  const challenge = refused.headers.get("WWW-Authenticate") ?? "";
  show(
    stage,
    "403: the key is good, but may not do this; the challenge names the scope.",
    refused.status === 403 && challenge.includes('scope="invoices:write"'),
  );

  tell.act('keyring.update(key.id, { scopes: ["invoices:write"] })');
  await keyring.update(keyId, { scopes: ["invoices:write"] });

  const sent = await client.post("/v1/invoices/inv_2/send", token);
  show(
    stage,
    "200 with the same token: nothing changes for the client when the key is allowed more.",
    sent.status === 200,
  );

  const read = await client.get("/v1/invoices/inv_2", token);
  show(
    stage,
    "200: the catalogue says that whoever may write may read. The invoice names the key that sent it.",
    read.status === 200 && read.body.toString().includes(`"sentBy":"${keyId}"`),
  );
}
