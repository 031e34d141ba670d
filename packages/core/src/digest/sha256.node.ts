import { hash } from "node:crypto";

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
/** As long as a token may be. */
const MAX_SHORT_BYTES = 128;

/** SHA-256 of a text in UTF-8, as 64 lower-case hex digits. */
export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}

/** SHA-256 of a text in UTF-8, as 32 characters, one a byte: half as long to compare as in hex, and as quick to make. */
export function sha256Binary(text: string): string {
  return hash("sha256", text, "binary");
}

/** SHA-256 of bytes, as 64 lower-case hex digits. */
export function sha256OfBytes(bytes: Uint8Array): string {
  return hash("sha256", bytes, "hex");
}

/**
 * HMAC-SHA-256 (RFC 2104 §2) under one secret, over texts in UTF-8, as 64 lower-case hex digits. Two one-shot hashes;
 * strings pass between them, since a `Buffer` costs more than the hash that fills it. For a text as short as a token the
 * buffers are always the same two, and wiped: what was hashed does not stay in memory.
 */
export function hmacSha256(secret: Uint8Array): (text: string) => string {
  const key = secret.length > BLOCK_BYTES ? hash("sha256", secret, "buffer") : secret;
  const inner = Buffer.alloc(BLOCK_BYTES + MAX_SHORT_BYTES);
  const outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);
  inner.set(padded(key, 0x36));
  outer.set(padded(key, 0x5c));
  const innerOf = Array.from({ length: MAX_SHORT_BYTES + 1 }, (_, bytes) => inner.subarray(0, BLOCK_BYTES + bytes));

  return (text) => {
    const bytes = Buffer.byteLength(text);
    const joined = innerOf[bytes] ?? Buffer.concat([inner.subarray(0, BLOCK_BYTES), Buffer.alloc(bytes)]);
    joined.write(text, BLOCK_BYTES);
    const innerHash = hash("sha256", joined, "binary");
    joined.fill(0, BLOCK_BYTES);
    outer.write(innerHash, BLOCK_BYTES, "binary");
    const digest = hash("sha256", outer, "hex");
    outer.fill(0, BLOCK_BYTES);
    return digest;
  };
}

function padded(key: Uint8Array, pad: number): Uint8Array {
  return Uint8Array.from({ length: BLOCK_BYTES }, (_, index) => (key[index] ?? 0) ^ pad);
}
