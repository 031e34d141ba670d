/**
 * A part of a text as a text of its own. What `slice` gives may hold on to all that it was cut from, for as long as it is
 * kept itself: an id would keep its token in memory, and the header that the token came in.
 *
 * @param end exclusive; a few dozen characters behind `start` at most
 */
export function ownText(text: string, start: number, end: number): string {
  const codes: number[] = [];
  for (let index = start; index < end; index += 1) codes.push(text.charCodeAt(index));
  return String.fromCharCode(...codes);
}
