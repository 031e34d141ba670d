import { type Stage, show } from "../stage.js";
import type { Refusal } from "./compare-refusals.js";

export async function mistypeToken(stage: Stage, token: string): Promise<Refusal> {
  const { client, storeCalls } = stage;

  const before = storeCalls();
  const answer = await client.get("/v1/invoices", mistyped(token), "one character is wrong");
  const calls = storeCalls() - before;

  show(stage, "401: the token's checksum does not fit.", answer.status === 401);
  show(
    stage,
    `Counted at the store: ${calls} calls. Slips of the hand and cut-off copies never get there.`,
    calls === 0,
  );
  return { who: "a mistyped token", answer };
}

function mistyped(token: string): string {
  return token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");
}
