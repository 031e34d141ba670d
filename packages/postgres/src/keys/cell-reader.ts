/** Between the cells. JSON writes it as an escape, and names hold it rarely. */
export const SEPARATOR = "\u001f";

/** Reads a text cell by cell, at half of what it takes to split it: of most rows many cells are empty, or like the last row's. */
export class CellReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @returns the next cell; empty behind the last one */
  next(): string {
    const end = this.#text.indexOf(SEPARATOR, this.#at);
    if (end < 0) {
      this.#at = this.#text.length;
      return "";
    }
    const cell = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return cell;
  }

  /** Passes by so many cells if all of them are empty. */
  skipEmpty(cells: number): boolean {
    const isEmpty = this.#text.startsWith(SEPARATOR.repeat(cells), this.#at);
    if (isEmpty) this.#at += cells;
    return isEmpty;
  }

  /** All that was not read, separators and all. */
  rest(): string {
    return this.#text.slice(this.#at);
  }
}
