import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CodeBlock, MarkdownPage } from "./markdown.js";
import { place, root } from "./workspace.js";

/** A block of a page that shows part of a file, or all of it: its fence says `ts file=` and the path from the root. */
export interface Excerpt {
  readonly page: MarkdownPage;
  readonly block: CodeBlock;
  readonly path: string;
}

const FENCE = /^ts file=(\S+)$/;

export function isExcerpt({ info }: CodeBlock): boolean {
  return FENCE.test(info);
}

export function excerptsOf(page: MarkdownPage): readonly Excerpt[] {
  return page.blocks.flatMap((block) => {
    const path = FENCE.exec(block.info)?.[1];
    return path === undefined ? [] : [{ page, block, path }];
  });
}

/** A problem, unless the file has these lines, one after the other and to the letter. */
export function misquotation({ page, block, path }: Excerpt): readonly string[] {
  const at = place(page.file, block.line);
  const file = join(root, path);
  if (!existsSync(file)) return [`${at}: ${path}: no such file`];
  const isQuoted = asLines(readFileSync(file, "utf8")).includes(asLines(block.lines.join("\n")));
  return isQuoted ? [] : [`${at}: this is not what ${path} says`];
}

/** With a line break on either side, so that no half line is found. */
function asLines(text: string): string {
  return `\n${text}\n`;
}
