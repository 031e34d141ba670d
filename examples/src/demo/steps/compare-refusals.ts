import { memoryStore } from "@claviger/memory";
import { createKeyring } from "claviger";
import { TOKEN_PREFIX } from "../../keyring.js";
import { type Answer, fingerprint } from "../answer.js";
import { type Stage, show } from "../stage.js";

/** An answer to a token that is no longer good, or never was. */
export interface Refusal {
  readonly who: string;
  readonly answer: Answer;
}

export async function compareRefusals(stage: Stage, earlier: readonly Refusal[]): Promise<void> {
  const { client, tell } = stage;

  const unknown = await client.get("/v1/invoices", await strangersToken(), "well-formed, but nobody's");
  const refusals = [...earlier, { who: "a token that this service never made", answer: unknown }];
  for (const { who, answer } of refusals) tell.say(`   ${answer.status}, ${answer.body.length} bytes: ${who}`);

  const isOne = new Set(refusals.map((refusal) => fingerprint(refusal.answer))).size === 1;
  show(
    stage,
    "The same status, the same header fields but the date, the same body, byte for byte.",
    unknown.status === 401 && isOne,
  );
}

/** A token that would be good elsewhere. */
async function strangersToken(): Promise<string> {
  const elsewhere = createKeyring({ store: memoryStore(), prefix: TOKEN_PREFIX });
  const { token } = await elsewhere.create({ owner: "nobody", name: "Not ours" });
  return token;
}
