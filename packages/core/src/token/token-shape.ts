/** Characters of the parts of a token: `prefix _ id _ secret checksum`, all but the prefix in base62. */

export const ID_LENGTH = 16;
export const SECRET_LENGTH = 32;
export const CHECKSUM_LENGTH = 6;

export const UNDERSCORE = 0x5f;
