// What an application's types say once it has registered its catalogue; a program of its own, for it holds everywhere.

import { memoryStore } from "@claviger/memory";
import type { Grant, RegisteredGrant, RegisteredScope } from "claviger";
import { createKeyring, defineScopes, type Keyring } from "claviger";
import { expectTypeOf } from "vitest";

const scopes = defineScopes({ invoices: ["read", "write"] });

declare module "claviger" {
  interface Register {
    scopes: typeof scopes;
  }
}

type Scope = "invoices:read" | "invoices:write";

expectTypeOf<RegisteredScope>().toEqualTypeOf<Scope>();
expectTypeOf<RegisteredGrant>().toEqualTypeOf<Grant<Scope>>();

export function demand(..._scopes: readonly RegisteredScope[]): void {}

demand("invoices:read");
// @ts-expect-error a scope outside the catalogue
demand("invoices:send");

expectTypeOf(createKeyring({ store: memoryStore(), prefix: "acme", scopes })).toEqualTypeOf<Keyring<RegisteredScope>>();
