import type { ApiKey, Keyring } from "claviger";
import { Hono } from "hono";
import { expectTypeOf } from "vitest";
import { apiKeyAuth, requireScopes } from "../../src/index.js";

declare const keyring: Keyring<"invoices:read" | "invoices:write">;
declare const anyKeyring: Keyring;

const app = new Hono();

app.use("/v1/*", apiKeyAuth(keyring, { realm: "api", scopes: ["invoices:read"], trustedHops: 1 }));
app.get("/v1/invoices", requireScopes("invoices:read", "invoices:write"), (c) => {
  expectTypeOf(c.get("apiKey")).toEqualTypeOf<ApiKey>();
  expectTypeOf(c.var.apiKey).toEqualTypeOf<ApiKey>();
  return c.text(c.get("apiKey").id);
});

// The application's own variables stay, and a hook gets the context.
new Hono<{ Variables: { user: string } }>()
  .use(apiKeyAuth(anyKeyring, { scopes: ["whatever:there:is"], resources: (c) => ({ path: c.req.path }) }))
  .get("/", (c) => {
    expectTypeOf(c.get("apiKey")).toEqualTypeOf<ApiKey>();
    expectTypeOf(c.get("user")).toBeString();
    return c.text(c.get("apiKey").id);
  });

// @ts-expect-error a scope outside the catalogue
apiKeyAuth(keyring, { scopes: ["invoices:send"] });
// @ts-expect-error nor from a function
apiKeyAuth(keyring, { scopes: () => ["invoices:send"] });
// @ts-expect-error no such option
apiKeyAuth(keyring, { scope: ["invoices:read"] });
// @ts-expect-error no scope at all
requireScopes();
