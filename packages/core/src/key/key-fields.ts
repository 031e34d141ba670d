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
  return parseName("tenant", tenant, MAX_TENANT_LENGTH, id);
}

/** @throws ClavigerError `invalid_input` */
export function parseOwner(name: unknown): string {
  return parseName("owner", owner, MAX_OWNER_LENGTH, name);
}

function parseName(field: string, schema: z.ZodMiniType<string>, maxLength: number, given: unknown): string {
  // What is no text has no members that could be at fault instead.
  if (typeof given !== "string") throw invalidInput(field, `a text of 1 to ${maxLength} characters`, given);
  return parseInput(field, schema, given);
}
