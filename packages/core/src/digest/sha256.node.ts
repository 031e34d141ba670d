import { hash } from "node:crypto";

const BLOCK_BYTES = 64;

/** SHA-256 of a text in UTF-8, as 64 lower-case hex digits. */
export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}

/** SHA-256 of bytes, as 64 lower-case hex digits. */
export function sha256OfBytes(bytes: Uint8Array): string {
  return hash("sha256", bytes, "hex");
}

/**
 * HMAC-SHA-256 (RFC 2104 §2) under one secret, over texts in UTF-8, as 64 lower-case hex digits. Two one-shot hashes;
 * strings pass between them, since a `Buffer` costs more than the hash that fills it.
 */
export function hmacSha256(secret: Uint8Array): (text: string) => string {
  const key = secret.length > BLOCK_BYTES ? hash("sha256", secret, "buffer") : secret;
  const inner = padded(key, 0x36);
  const outer = padded(key, 0x5c);
  return (text) => {
    const innerHash = hash("sha256", joined(inner, text, "utf8"), "binary");
    return hash("sha256", joined(outer, innerHash, "binary"), "hex");
  };
}

function padded(key: Uint8Array, pad: number): Uint8Array {
  return Uint8Array.from({ length: BLOCK_BYTES }, (_, index) => (key[index] ?? 0) ^ pad);
}

function joined(block: Uint8Array, text: string, encoding: "utf8" | "binary"): Buffer {
  const bytes = Buffer.allocUnsafe(BLOCK_BYTES + Buffer.byteLength(text, encoding));
  bytes.set(block);
  bytes.write(text, BLOCK_BYTES, encoding);
  return bytes;
}
