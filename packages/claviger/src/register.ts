import type { Grant, ScopeCatalogue } from "@claviger/core";

/**
 * Tell the types about your catalogue, so that a scope outside it does not compile, in middleware too:
 *
 * ```ts
 * declare module "claviger" { interface Register { scopes: typeof scopes } }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is empty until the application augments it
export interface Register {}

/** The scopes of the registered catalogue; any string while none is registered. */
export type RegisteredScope = Register extends { scopes: ScopeCatalogue<infer Scope> } ? Scope : string;

/** What keys may be granted under the registered catalogue: its scopes, and wildcards over them. */
export type RegisteredGrant = Grant<RegisteredScope>;
