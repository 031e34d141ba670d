import { createServer, type RequestListener, type Server } from "node:http";
import { apiKeyAuth } from "@claviger/express";
import express from "express";
import type { Guard } from "./contestants.js";
import type { KnownKeys } from "./keys.js";

export function expressApp(guard: Guard, { keyring, floor }: KnownKeys): Server {
  const app = express();
  if (guard === "claviger") app.use(apiKeyAuth(keyring));
  if (guard === "floor")
    app.use((req, res, next) => {
      const key = floor(req.headers.authorization);
      if (key === undefined) {
        res.sendStatus(401);
        return;
      }
      res.locals.key = key;
      next();
    });
  app.get("/", (_, res) => void res.json({ ok: true }));
  return createServer(app as RequestListener);
}
