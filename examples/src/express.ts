import type { RequestListener } from "node:http";
import { apiKeyAuth, requireScopes } from "@claviger/express";
import type { Keyring, RegisteredScope } from "claviger";
import express, { type Response } from "express";
import type { Invoicing, Reply } from "./invoicing.js";

/** The invoicing API on Express: the base. `hono.ts` and `koa.ts` are the same, line by line. */
export function expressApi(keyring: Keyring<RegisteredScope>, invoicing: Invoicing): RequestListener {
  const app = express();

  app.use("/v1", apiKeyAuth(keyring, { realm: "invoices" }));

  app.get("/v1/invoices", requireScopes("invoices:read"), (req, res) => {
    answer(res, invoicing.list(req.apiKey));
  });
  app.get("/v1/invoices/:id", requireScopes("invoices:read"), (req, res) => {
    answer(res, invoicing.read(req.apiKey, req.params.id));
  });
  app.post("/v1/invoices/:id/send", requireScopes("invoices:write"), (req, res) => {
    answer(res, invoicing.send(req.apiKey, req.params.id));
  });

  return app;
}

function answer(res: Response, { status, body }: Reply): void {
  res.status(status).json(body);
}
