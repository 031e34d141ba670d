import { createServer } from "node:http";
import express from "express";
import { CACHED, listening, type Serve } from "../../http/test/protected-app.js";
import { apiKeyAuth, requireScopes } from "../src/index.js";

export const serveExpress: Serve = async (guards) => {
  const app = express();
  let handled = 0;
  for (const guard of guards) {
    app.use("auth" in guard ? apiKeyAuth(guard.auth, guard.options) : requireScopes(...guard.requires));
  }
  app.use((req, res) => {
    handled += 1;
    if (req.path.endsWith("cached")) res.set("Cache-Control", CACHED);
    res.json({ key: req.apiKey.id });
  });
  return listening(createServer(app), () => handled);
};
