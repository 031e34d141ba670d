import type { RequestListener } from "node:http";
import { apiKeyAuth, requireScopes } from "@claviger/hono";
import { getRequestListener } from "@hono/node-server";
import type { Keyring, RegisteredScope } from "claviger";
import { type Context, Hono } from "hono";
import type { Invoicing, Reply } from "./invoicing.js";

/** The invoicing API on Hono, served by Node. Beside `express.ts`: how little differs. */
export function honoApi(keyring: Keyring<RegisteredScope>, invoicing: Invoicing): RequestListener {
  const app = new Hono();

  app.use("/v1/*", apiKeyAuth(keyring, { realm: "invoices" }));

  app.get("/v1/invoices", requireScopes("invoices:read"), (c) => {
    return answer(c, invoicing.list(c.get("apiKey")));
  });
  app.get("/v1/invoices/:id", requireScopes("invoices:read"), (c) => {
    return answer(c, invoicing.read(c.get("apiKey"), c.req.param("id")));
  });
  app.post("/v1/invoices/:id/send", requireScopes("invoices:write"), (c) => {
    return answer(c, invoicing.send(c.get("apiKey"), c.req.param("id")));
  });

  return getRequestListener(app.fetch);
}

function answer(c: Context, { status, body }: Reply): Response {
  return c.json(body, status);
}
