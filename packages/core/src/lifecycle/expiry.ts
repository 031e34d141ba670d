import * as z from "zod/mini";
import { MAX_TIME_MS } from "../bounds.js";
import { ClavigerError } from "../errors.js";
import type { Settings } from "../settings/settings.js";
import { duration } from "../value/duration.js";
import { invalidInput } from "../value/refuse.js";
import { time } from "../value/time.js";

/** When a key shall end, as asked for: not yet a time, because the clock has not been read. */
export type Expiry =
  | { readonly kind: "never" }
  | { readonly kind: "after"; readonly ms: number }
  | { readonly kind: "at"; readonly at: number };

/** The two fields in which a caller names an expiry. */
export const expiryFields: {
  expiresIn: z.ZodMiniOptional<z.ZodMiniType<number | "never">>;
  expiresAt: z.ZodMiniOptional<z.ZodMiniType<number>>;
} = {
  expiresIn: z.optional(z.union([z.literal("never"), duration()], 'a duration such as "90d", or "never"')),
  expiresAt: z.optional(time),
};

/**
 * The expiry asked for, if any.
 *
 * @throws ClavigerError `invalid_input` where both fields are given
 */
export function readExpiry(input: {
  expiresIn?: number | "never" | undefined;
  expiresAt?: number | undefined;
}): Expiry | undefined {
  const { expiresIn, expiresAt } = input;
  if (expiresIn !== undefined && expiresAt !== undefined) {
    throw new ClavigerError("invalid_input", "give expiresIn or expiresAt, not both", { field: "expiresAt" });
  }
  if (expiresAt !== undefined) return { kind: "at", at: expiresAt };
  if (expiresIn === undefined) return undefined;
  return expiresIn === "never" ? { kind: "never" } : { kind: "after", ms: expiresIn };
}

/**
 * The time at which a key shall end, epoch ms, or null for never. The longest lifetime counts from the act.
 *
 * @param expiry what was asked for; undefined: the settings' default
 * @throws ClavigerError `policy_violation` where the settings allow no such lifetime; `invalid_input` beyond the year 2200
 */
export function expiryTime(expiry: Expiry | undefined, settings: Settings, nowMs: number): number | null {
  const expiresAt = plainTime(expiry ?? defaultExpiry(settings), nowMs);
  const { maxLifetimeMs } = settings;
  if (maxLifetimeMs !== null && (expiresAt === null || expiresAt - nowMs > maxLifetimeMs)) {
    throw new ClavigerError(
      "policy_violation",
      `a key may live at most ${maxLifetimeMs} ms from now under these settings`,
      {
        field: expiry?.kind === "at" ? "expiresAt" : "expiresIn",
        limit: maxLifetimeMs,
      },
    );
  }
  if (expiresAt !== null && expiresAt > MAX_TIME_MS)
    throw invalidInput("expiresIn", "an expiry before the year 2200", expiresAt);
  return expiresAt;
}

/**
 * Whether a key's times make sense together.
 *
 * @throws ClavigerError `invalid_input`: an expiry at or before now or `notBefore`
 */
export function checkTimes(times: { notBefore: number | null; expiresAt: number | null }, nowMs: number): void {
  const { notBefore, expiresAt } = times;
  if (expiresAt === null) return;
  if (expiresAt <= nowMs) throw invalidInput("expiresAt", "after now", new Date(expiresAt));
  if (notBefore !== null && expiresAt <= notBefore)
    throw invalidInput("expiresAt", "after notBefore", new Date(expiresAt));
}

function defaultExpiry(settings: Settings): Expiry {
  return settings.defaultLifetimeMs === null ? { kind: "never" } : { kind: "after", ms: settings.defaultLifetimeMs };
}

function plainTime(expiry: Expiry, nowMs: number): number | null {
  switch (expiry.kind) {
    case "never":
      return null;
    case "after":
      return nowMs + expiry.ms;
    case "at":
      return expiry.at;
  }
}
