import type * as z from "zod/mini";
import { MAX_NAME_LENGTH, MAX_OWNER_LENGTH, MAX_TENANT_LENGTH } from "../bounds.js";
import { parseInput } from "../value/parse-input.js";
import { invalidInput } from "../value/refuse.js";
import { text } from "../value/text.js";

export const name: z.ZodMiniType<string> = text(MAX_NAME_LENGTH);
export const owner: z.ZodMiniType<string> = text(MAX_OWNER_LENGTH);
const tenant: z.ZodMiniType<string> = text(MAX_TENANT_LENGTH);

/** @throws ClavigerError `invalid_input` */
export function parseTenant(id: unknown): string {
  // What is no text has no members that could be at fault instead.
  if (typeof id !== "string") throw invalidInput("tenant", `a text of 1 to ${MAX_TENANT_LENGTH} characters`, id);
  return parseInput("tenant", tenant, id);
}
