import type { Pepper } from "@claviger/core";

/** Of all processes: apart from what else tests share, which a process would take a second to load. */
export const PEPPER: Pepper = { id: "2026", secret: new Uint8Array(32).fill(7) };
