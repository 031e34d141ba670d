import type { ApiKey, Keyring } from "claviger";
import express, { type Request } from "express";
import { expectTypeOf } from "vitest";
import { apiKeyAuth, requireScopes } from "../../src/index.js";

declare const keyring: Keyring<"invoices:read" | "invoices:write">;
declare const anyKeyring: Keyring;

const app = express();

app.use("/v1", apiKeyAuth(keyring, { realm: "api", scopes: ["invoices:read"], trustedHops: 1 }));
app.use(apiKeyAuth(anyKeyring, { scopes: ["whatever:there:is"] }));

app.get("/v1/invoices", requireScopes("invoices:read", "invoices:write"), (req) => {
  expectTypeOf(req.apiKey).toEqualTypeOf<ApiKey>();
});

// A hook gets the framework's own request where it says so, and the handler behind keeps its parameters.
const resources = (req: Request<{ account: string }>) => ({ account: req.params.account });
app.get("/v1/accounts/:account", apiKeyAuth(keyring, { resources }), (req) => {
  expectTypeOf(req.apiKey.id).toBeString();
  expectTypeOf(req.params.account).toBeString();
});

express.Router().use(apiKeyAuth(keyring), requireScopes("invoices:read"));

apiKeyAuth(keyring, {
  onVerdict: (verdict) => {
    // @ts-expect-error there is a key only where there is ok
    verdict.key;
    if (verdict.ok) expectTypeOf(verdict.key).toEqualTypeOf<ApiKey>();
  },
});

// @ts-expect-error a scope outside the catalogue
apiKeyAuth(keyring, { scopes: ["invoices:send"] });
// @ts-expect-error nor from a function
apiKeyAuth(keyring, { scopes: () => ["invoices:send"] });
// @ts-expect-error a wildcard is granted, not required
apiKeyAuth(keyring, { scopes: ["invoices:*"] });
// @ts-expect-error no such option
apiKeyAuth(keyring, { scope: ["invoices:read"] });
// @ts-expect-error no scope at all
requireScopes();
