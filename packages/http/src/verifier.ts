import type { ScopeCatalogue, Verdict, VerifyRequest } from "claviger";

/** What middleware needs of a keyring. Every keyring is one. */
export interface Verifier<Scope extends string = string> {
  verify(token: unknown, request?: VerifyRequest<Scope>): Promise<Verdict>;
  readonly scopes: ScopeCatalogue<Scope>;
  /** Epoch ms. */
  readonly clock: () => number;
}
