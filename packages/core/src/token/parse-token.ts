import { MAX_TOKEN_LENGTH } from "../bounds.js";
import { ClavigerError } from "../errors.js";
import { ownText } from "../value/own-text.js";
import { encodeBase62, isBase62 } from "./base62.js";
import { crc32 } from "./crc32.js";
import { hasPrefix } from "./prefix.js";
import { CHECKSUM_LENGTH, ID_LENGTH, SECRET_LENGTH, UNDERSCORE } from "./token-shape.js";

/** The public parts of a token. Whoever keeps them keeps nothing of the token besides. */
export interface ParsedToken {
  readonly prefix: string;
  readonly id: string;
}

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

// From the right, since a prefix may hold underscores and what follows it may not.
function readToken(text: unknown): ParsedToken | TokenFault {
  if (typeof text !== "string") return "type";
  if (text.length > MAX_TOKEN_LENGTH) return "length";
  const checksumStart = text.length - CHECKSUM_LENGTH;
  const secretStart = checksumStart - SECRET_LENGTH;
  const idEnd = secretStart - 1;
  const idStart = idEnd - ID_LENGTH;
  const prefixEnd = idStart - 1;
  const isShaped =
    hasPrefix(text, prefixEnd) &&
    text.charCodeAt(prefixEnd) === UNDERSCORE &&
    isBase62(text, idStart, idEnd) &&
    text.charCodeAt(idEnd) === UNDERSCORE &&
    isBase62(text, secretStart, text.length);
  if (!isShaped) return "shape";
  // Encoded again rather than decoded: so there is one spelling of a checksum, padding included.
  if (encodeBase62(crc32(text, checksumStart), CHECKSUM_LENGTH) !== text.slice(checksumStart)) return "checksum";
  return { prefix: ownText(text, 0, prefixEnd), id: ownText(text, idStart, idEnd) };
}
