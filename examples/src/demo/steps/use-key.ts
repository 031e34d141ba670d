import { type Stage, show } from "../stage.js";

export async function useKey(stage: Stage, token: string): Promise<void> {
  const { status, body } = await stage.client.get("/v1/invoices", token);

  const text = body.toString();
  show(
    stage,
    "200: the route knows whose key came, and lists that owner's invoices only.",
    status === 200 && text.includes('"anna"') && !text.includes('"bert"'),
  );
}
