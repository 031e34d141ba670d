import type { UsedKeyRecord } from "../key/key-record.js";

/** A time from `fromMs` until before `untilMs`, epoch ms. Either may be infinite. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * The time around `nowMs` in which a record says the same of its key: none of its times lies between. What is no number is
 * compared as JavaScript does, by `statusAt` as here, and what that makes no number of changes nothing at any time.
 */
export function unchangedSpan({ notBefore, expiresAt, rotation }: UsedKeyRecord, nowMs: number): Span {
  // Around what is no time there is none.
  if (Number.isNaN(nowMs)) return { fromMs: Number.POSITIVE_INFINITY, untilMs: Number.NEGATIVE_INFINITY };
  const span = { fromMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY };
  cut(span, notBefore, nowMs);
  cut(span, expiresAt, nowMs);
  if (rotation !== null) cut(span, rotation.previousEndsAt, nowMs);
  return span;
}

function cut(span: { fromMs: number; untilMs: number }, time: number | null, nowMs: number): void {
  if (time === null) return;
  const atMs = Number(time);
  if (atMs <= nowMs) span.fromMs = Math.max(span.fromMs, atMs);
  if (atMs > nowMs) span.untilMs = Math.min(span.untilMs, atMs);
}
