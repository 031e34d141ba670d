import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as sha256Bytes } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA-256 of a text in UTF-8, as 64 lower-case hex digits. */
export function sha256(text: string): string {
  return bytesToHex(sha256Bytes(utf8ToBytes(text)));
}

/** SHA-256 of a text in UTF-8, as 32 characters, one a byte. */
export function sha256Binary(text: string): string {
  return String.fromCharCode(...sha256Bytes(utf8ToBytes(text)));
}

/** SHA-256 of bytes, as 64 lower-case hex digits. */
export function sha256OfBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256Bytes(bytes));
}

/** HMAC-SHA-256 (RFC 2104 §2) under one secret, over texts in UTF-8, as 64 lower-case hex digits. */
export function hmacSha256(secret: Uint8Array): (text: string) => string {
  const keyed = hmac.create(sha256Bytes, secret);
  return (text) => bytesToHex(keyed.clone().update(utf8ToBytes(text)).digest());
}
