import { defineScopes } from "claviger";

/** What a key of this API may be allowed to do. Whoever may write invoices may read them too. */
export const scopes = defineScopes(
  { invoices: ["read", "write"] },
  { implies: { "invoices:write": ["invoices:read"] } },
);

// From here on `requireScopes("invoices:raed")` does not compile.
declare module "claviger" {
  interface Register {
    scopes: typeof scopes;
  }
}
