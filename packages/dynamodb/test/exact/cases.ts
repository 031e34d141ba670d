import type { LimitInput } from "claviger";

/** Limits of a key, and what comes of 1,000 verifies of it at once. */
export interface Case {
  readonly title: string;
  readonly limits: readonly LimitInput[];
  readonly cost?: number;
  readonly admitted: number;
  /** The code of the others. */
  readonly refusal: "rate_limited" | "quota_exceeded";
  /** Of each limit, afterwards. */
  readonly remaining: readonly number[];
}

const CREDITS = { name: "credits", kind: "credits", limit: 100 } as const;

export const CASES: readonly Case[] = [
  {
    title: "a fixed window of 100",
    limits: [{ name: "minute", kind: "rate", limit: 100, per: "1m", algorithm: "fixed" }],
    admitted: 100,
    refusal: "rate_limited",
    remaining: [0],
  },
  {
    title: "a rate of 100 by GCRA, on clocks that agree",
    limits: [{ name: "burst", kind: "rate", limit: 100, per: "1m" }],
    admitted: 100,
    refusal: "rate_limited",
    remaining: [0],
  },
  {
    title: "a quota of 100 a day",
    limits: [{ name: "daily", kind: "quota", limit: 100, refill: "day" }],
    admitted: 100,
    refusal: "quota_exceeded",
    remaining: [0],
  },
  { title: "100 credits", limits: [CREDITS], admitted: 100, refusal: "quota_exceeded", remaining: [0] },
  {
    title: "100 credits at a cost of 3",
    limits: [CREDITS],
    cost: 3,
    admitted: 33,
    refusal: "quota_exceeded",
    remaining: [1],
  },
  {
    title: "100 credits under a tighter rate, whose refusals spend none",
    limits: [CREDITS, { name: "burst", kind: "rate", limit: 60, per: "1m" }],
    admitted: 60,
    refusal: "rate_limited",
    remaining: [40, 0],
  },
];
