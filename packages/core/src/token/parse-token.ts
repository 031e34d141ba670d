import { MAX_TOKEN_LENGTH } from "../bounds.js";
import { ClavigerError } from "../errors.js";
import { ownText } from "../value/own-text.js";
import { isBase62, isBase62Of } from "./base62.js";
import { crc32 } from "./crc32.js";
import { hasPrefix } from "./prefix.js";
import { CHECKSUM_LENGTH, ID_LENGTH, SECRET_LENGTH, UNDERSCORE } from "./token-shape.js";

/** The public parts of a token. Whoever keeps them keeps nothing of the token besides. */
export interface ParsedToken {
  readonly prefix: string;
  readonly id: string;
}

/** Where the id begins, counted from the end. */
const ID_OFFSET = ID_LENGTH + 1 + SECRET_LENGTH + CHECKSUM_LENGTH;

type TokenFault = "type" | "length" | "shape" | "checksum";

const FAULTS: Readonly<Record<TokenFault, string>> = {
  type: "token must be a string",
  length: `token must be at most ${MAX_TOKEN_LENGTH} characters long`,
  shape: "token must be a prefix, 16 characters, and 38 characters, joined by _",
  checksum: "token must end with its checksum: it was mistyped, cut or edited",
};

/**
 * Takes a token apart, or gives undefined for what is none. No I/O and no secret comparison: what passes is
 * well-formed, not yet anyone's. Never throws; work is bounded by 128 characters.
 */
export function tryParseToken(text: unknown): ParsedToken | undefined {
  const read = readToken(text);
  return typeof read === "string" ? undefined : read;
}

/**
 * Takes a token apart.
 *
 * @throws ClavigerError `invalid_input` that says what is wrong with the text, without any of it
 */
export function parseToken(text: unknown): ParsedToken {
  const read = readToken(text);
  if (typeof read === "string") throw new ClavigerError("invalid_input", FAULTS[read], { field: "token" });
  return read;
}

/**
 * Whether a text is a well-formed token, as {@link tryParseToken} would find, without making anything of its parts.
 */
export function isToken(text: unknown): text is string {
  return mayBeToken(text) && endsWithChecksum(text) && isShaped(text);
}

/** Whether this is the prefix of what {@link isToken}. */
export function isPrefixOf(prefix: string, token: string): boolean {
  return token.length === prefix.length + 1 + ID_OFFSET && token.startsWith(prefix);
}

/** Whether it is worth a look whether a text is a token: it is neither too short nor too long. */
export function mayBeToken(text: unknown): text is string {
  return typeof text === "string" && text.length > ID_OFFSET && text.length <= MAX_TOKEN_LENGTH;
}

/** The id of the key whose token this is, if it is anyone's. Not to keep: it may hold on to the token. */
export function idOf(token: string): string {
  const start = idStart(token);
  return token.slice(start, start + ID_LENGTH);
}

/** Where that id begins. */
export function idStart(token: string): number {
  return token.length - ID_OFFSET;
}

function readToken(text: unknown): ParsedToken | TokenFault {
  const fault = faultOf(text);
  if (fault !== undefined) return fault;
  const token = String(text);
  const idStart = token.length - ID_OFFSET;
  return { prefix: ownText(token, 0, idStart - 1), id: ownText(token, idStart, idStart + ID_LENGTH) };
}

function faultOf(text: unknown): TokenFault | undefined {
  if (typeof text !== "string") return "type";
  if (text.length > MAX_TOKEN_LENGTH) return "length";
  if (!isShaped(text)) return "shape";
  return endsWithChecksum(text) ? undefined : "checksum";
}

// Encoded again rather than decoded: so there is one spelling of a checksum, padding included.
function endsWithChecksum(text: string): boolean {
  const end = text.length - CHECKSUM_LENGTH;
  return isBase62Of(crc32(text, end), text, end, text.length);
}

// From the right, since a prefix may hold underscores and what follows it may not.
function isShaped(text: string): boolean {
  const idStart = text.length - ID_OFFSET;
  const idEnd = idStart + ID_LENGTH;
  return (
    text.charCodeAt(idStart - 1) === UNDERSCORE &&
    text.charCodeAt(idEnd) === UNDERSCORE &&
    hasPrefix(text, idStart - 1) &&
    isBase62(text, idStart, idEnd) &&
    isBase62(text, idEnd + 1, text.length)
  );
}
