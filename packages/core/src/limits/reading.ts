import type { LimitState } from "./limit.js";

/** How one limit stands towards one request, after the store has answered. */
export interface Reading {
  readonly state: LimitState;
  /** In how many ms the request would fit, if nobody else spent; 0: now; null: never. */
  readonly waitMs: number | null;
}
