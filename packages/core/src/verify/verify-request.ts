/** What a request wants of the key that it presents. */
export interface VerifyRequest<Scope extends string = string> {
  /** All of them are required. Concrete scopes, no wildcard. */
  readonly scopes?: readonly Scope[];
  /** The client's address, IPv4 or IPv6. A key restricted by IP is denied without it. */
  readonly ip?: string;
  /** On what the request acts, by kind; `later`: the caller promises to ask `permits` once he knows. */
  readonly resources?: { readonly [kind: string]: string } | "later";
  /** Units that the request costs, a positive whole number; 1 unless given. */
  readonly cost?: number;
  /** The key must be this tenant's. */
  readonly tenant?: string;
  /**
   * The program that sent the request, as it names itself: its `User-Agent`. Decides nothing. The first 200 characters
   * are kept with the key's usage, where that keeps evidence.
   */
  readonly client?: string;
}
