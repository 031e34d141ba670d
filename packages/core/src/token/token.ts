import { invalidInput } from "../value/refuse.js";
import { encodeBase62 } from "./base62.js";
import { crc32 } from "./crc32.js";
import { isKeyId } from "./key-id.js";
import { isPrefix, PREFIX_RULE } from "./prefix.js";
import { drawBase62, type RandomSource } from "./random.js";
import { CHECKSUM_LENGTH, ID_LENGTH, SECRET_LENGTH } from "./token-shape.js";

export interface TokenInput {
  readonly prefix: string;
  /** Of the key whose token this will be. */
  readonly id: string;
  readonly random: RandomSource;
}

/**
 * A new key's id: 16 characters of base62, 95 bits.
 *
 * @throws ClavigerError `random_unusable`
 */
export function generateId(random: RandomSource): string {
  return drawBase62(ID_LENGTH, random);
}

/**
 * A token with a new secret of 190 bits for a key.
 *
 * @throws ClavigerError `random_unusable`; `invalid_input` for a prefix or id of another form: its token would not
 *   parse
 */
export function generateToken({ prefix, id, random }: TokenInput): string {
  if (!isPrefix(prefix)) throw invalidInput("prefix", PREFIX_RULE, prefix);
  if (!isKeyId(id)) throw invalidInput("id", `${ID_LENGTH} characters of base62`, id);
  return formatToken(prefix, id, drawBase62(SECRET_LENGTH, random));
}

/**
 * The token of three well-formed parts. The checksum covers prefix and id too, so that `live` edited to `test` is
 * refused offline.
 */
export function formatToken(prefix: string, id: string, secret: string): string {
  const body = `${prefix}_${id}_${secret}`;
  return body + encodeBase62(crc32(body), CHECKSUM_LENGTH);
}
