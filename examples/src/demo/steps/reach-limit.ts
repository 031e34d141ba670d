import type { Answer } from "../answer.js";
import { type Stage, show } from "../stage.js";

/** Far more than are needed, unless the limit is none. */
const MAX_REQUESTS = 20;

export async function reachLimit(stage: Stage): Promise<void> {
  const { client, keyring, tell, wait } = stage;

  tell.act('keyring.create({ …, limits: [{ name: "burst", kind: "rate", limit: 2, per: "2s" }] })');
  const { token } = await keyring.create({
    owner: "anna",
    name: "Hasty import",
    scopes: ["invoices:read"],
    limits: [{ name: "burst", kind: "rate", limit: 2, per: "2s" }],
  });

  const startedAt = keyring.clock();
  const { admitted, refused } = await askUntilRefused(stage, token);
  // Two at once, and one more for each second that a slow machine took.
  const most = 2 + Math.floor((keyring.clock() - startedAt) / 1000);
  const retryAfter = Number(refused?.headers.get("Retry-After"));
  show(stage, `${admitted} requests pass, as many as the limit allows.`, admitted >= 2 && admitted <= most);
  show(stage, "429: the next one waits, and Retry-After says for how long.", retryAfter >= 1 && retryAfter <= 2);

  tell.act(`… waiting for ${retryAfter} s`);
  await wait(retryAfter * 1000);

  const again = await client.get("/v1/invoices", token);
  show(stage, "200: to wait as long as one was told is enough.", again.status === 200);
}

interface Asked {
  readonly admitted: number;
  /** The first 429. */
  readonly refused?: Answer;
}

async function askUntilRefused({ client }: Stage, token: string): Promise<Asked> {
  for (let admitted = 0; admitted < MAX_REQUESTS; admitted += 1) {
    const answer = await client.get("/v1/invoices", token);
    if (answer.status === 429) return { admitted, refused: answer };
  }
  return { admitted: MAX_REQUESTS };
}
