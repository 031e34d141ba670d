import type { Duration, Verdict, VerifyRequest } from "claviger";

/** A value for every request, or what gives one for each. A hook that throws, or gives anything else, fails the request. */
export type PerRequest<Value, Request> = Value | ((request: Request) => Value | Promise<Value>);

/** On what a request acts, by kind; `later`: the handler promises to ask `permits` once it knows. */
export type Resources = NonNullable<VerifyRequest["resources"]>;

export interface FailedAttemptsLimit {
  readonly limit: number;
  readonly per: Duration;
}

/** Options of `apiKeyAuth`. `Request` is the framework's. */
export interface ApiKeyAuthOptions<Scope extends string, Request> {
  /** Names the protected space in challenges: visible ASCII and spaces, without `"` and `\`. `api` unless given. */
  readonly realm?: string;
  /** Headers that hold a bare token, beside `Authorization: Bearer`. `["x-api-key"]` unless given. */
  readonly headers?: readonly string[];
  /** What the key must be allowed to do; checked before anything is charged. Nothing unless given. */
  readonly scopes?: PerRequest<readonly Scope[], Request>;
  /** Units that the request costs, a positive whole number. 1 unless given. */
  readonly cost?: PerRequest<number, Request>;
  /** Without it a key that is restricted to resources is refused. */
  readonly resources?: PerRequest<Resources, Request>;
  /**
   * How many proxies of one's own stand in front, each of which appends to `X-Forwarded-For`. 0 unless given: the
   * client is whoever holds the socket. Excludes `clientAddress`.
   */
  readonly trustedHops?: number;
  /** The client's address, where neither the socket nor `X-Forwarded-For` tells it. Excludes `trustedHops`. */
  readonly clientAddress?: (request: Request) => string | undefined | Promise<string | undefined>;
  /**
   * How often the requests of one address may fail with 401 for an invalid key before they are 429: `limit` at once, a
   * whole number up to 1,000,000, and as many again, evenly, in every `per`, at most a day. `{ limit: 300, per: "1m" }`
   * unless given; false: without end. A valid key is never refused for it.
   */
  readonly failedAttempts?: FailedAttemptsLimit | false;
  /** For logs: each verdict that the middleware acts on. Awaited; its failure fails the request. */
  readonly onVerdict?: (verdict: Verdict, request: Request) => void | Promise<void>;
}
