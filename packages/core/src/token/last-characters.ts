import { BASE62 } from "./base62.js";
import { CHECKSUM_LENGTH } from "./token-shape.js";

/** A number of the characters where a checksum stands, by which nearly all texts are told from a token at a glance. */
export function lastCharacters(text: string): number {
  let ending = 0;
  for (let index = text.length - CHECKSUM_LENGTH; index < text.length; index += 1)
    ending = (Math.imul(ending, BASE62.length) + text.charCodeAt(index)) | 0;
  return ending;
}
