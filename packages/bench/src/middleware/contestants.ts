export const FRAMEWORKS = ["express", "hono", "koa"] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** What stands before the trivial route: nothing, the floor's work, or `apiKeyAuth` with the options that are there unasked. */
export const GUARDS = ["bare", "floor", "claviger"] as const;
export type Guard = (typeof GUARDS)[number];
