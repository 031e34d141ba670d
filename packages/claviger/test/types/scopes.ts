// What does not compile. A program for tsc: nothing of it runs.
import { memoryStore } from "@claviger/memory";
import { expectTypeOf } from "vitest";
import { type ApiKey, createKeyring, defineScopes, type Keyring } from "../../src/index.js";

const scopes = defineScopes(
  { invoices: ["read", "write"], payments: ["send"] },
  { implies: { "invoices:write": ["invoices:read"] } },
);
type Scope = "invoices:read" | "invoices:write" | "payments:send";

export async function withACatalogue(): Promise<void> {
  const keyring = createKeyring({ store: memoryStore(), prefix: "acme_live", scopes });
  expectTypeOf(keyring).toEqualTypeOf<Keyring<Scope>>();
  const key = { owner: "user_1", name: "A key" };

  await keyring.create({ ...key, scopes: ["invoices:read", "payments:*", "*:send", "**"] });
  // @ts-expect-error a scope outside the catalogue
  await keyring.create({ ...key, scopes: ["invoices:delete"] });
  // @ts-expect-error a wildcard over nothing in the catalogue
  await keyring.create({ ...key, scopes: ["orders:*"] });
  // @ts-expect-error the same at update
  await keyring.update("id", { scopes: ["invoices:delete"] });
  // @ts-expect-error the same of a tenant
  await keyring.tenant("t_1").create({ ...key, scopes: ["invoices:delete"] });

  await keyring.verify("token", { scopes: ["invoices:read", "payments:send"] });
  // @ts-expect-error a scope outside the catalogue
  await keyring.verify("token", { scopes: ["invoices:delete"] });
  // @ts-expect-error a wildcard is granted, not required
  await keyring.verify("token", { scopes: ["invoices:*"] });

  await keyring.list({ scope: "invoices:read" });
  // @ts-expect-error a scope outside the catalogue
  await keyring.list({ scope: "invoices:delete" });
}

export async function withoutACatalogue(): Promise<void> {
  const keyring = createKeyring({ store: memoryStore(), prefix: "acme_live" });
  expectTypeOf(keyring).toEqualTypeOf<Keyring<string>>();
  await keyring.create({ owner: "user_1", name: "A key", scopes: ["whatever:you:like"] });
  await keyring.verify("token", { scopes: ["whatever:you:like"] });
  // For code that serves any application, such as middleware.
  expectTypeOf<Keyring<Scope>>().toExtend<Keyring>();
}

export function grantsOf(key: ApiKey<"invoices:read" | "**">): void {
  expectTypeOf(key.scopes).toEqualTypeOf<readonly ("invoices:read" | "**")[]>();
}
