import type { Duration } from "../value/duration.js";

/** `limit` requests (or units of cost) a `per`; GCRA unless said otherwise. */
export interface RateLimit<Period = number> {
  readonly name: string;
  readonly kind: "rate";
  readonly limit: number;
  /** In a key: milliseconds. */
  readonly per: Period;
  readonly algorithm: "gcra" | "fixed";
}

/** `limit` units in each day, month or period; refilled at once when the next one begins. */
export interface QuotaLimit<Period = number> {
  readonly name: string;
  readonly kind: "quota";
  readonly limit: number;
  /** A calendar period in `timeZone`, or (in a key: milliseconds) one counted from the Unix epoch. */
  readonly refill: "day" | "month" | Period;
  /** IANA name; in which zone `day` and `month` begin. */
  readonly timeZone: string;
}

/** `limit` is the total ever granted: it never refills; one tops up by raising it. */
export interface CreditsLimit {
  readonly name: string;
  readonly kind: "credits";
  readonly limit: number;
}

/** A limit as a key holds it: durations in milliseconds, defaults filled in. */
export type Limit = RateLimit | QuotaLimit | CreditsLimit;

type Defaulted<T, Name extends keyof T> = Omit<T, Name> & Partial<Pick<T, Name>>;

/** A limit as a caller gives it. Every {@link Limit} is one. */
export type LimitInput =
  | Defaulted<RateLimit<Duration>, "algorithm">
  | Defaulted<QuotaLimit<Duration>, "timeZone">
  | CreditsLimit;

/** What is left of a limit, on a verdict. */
export interface LimitState {
  readonly name: string;
  /** Who shares it; absent: it is the key's own. */
  readonly sharedBy?: "owner" | "tenant";
  readonly kind: Limit["kind"];
  readonly limit: number;
  /** A whole number, never negative. */
  readonly remaining: number;
  /** Epoch ms on the caller's clock at which the limit is whole again; absent: it never refills. */
  readonly resetAt?: number;
  /** Length of the current period in ms; absent: it never refills. */
  readonly windowMs?: number;
  /** The request was refused, and this limit is one that refused it. */
  readonly refused?: true;
}
