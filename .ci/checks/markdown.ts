import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, root } from "./workspace.js";

export interface CodeBlock {
  /** All that stands after the opening fence: `ts`, `ts continued`, `sh`. */
  readonly info: string;
  /** The line of the block's first line of code, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

export interface MarkdownPage {
  readonly file: string;
  readonly lineCount: number;
  readonly blocks: readonly CodeBlock[];
  readonly links: readonly { readonly target: string; readonly line: number }[];
  /** As GitHub forms them from headings, and those that are written out as `<a id="…">`. */
  readonly anchors: ReadonlySet<string>;
}

/** README.md, docs, examples and what the packages carry. */
export function markdownPages(): readonly MarkdownPage[] {
  const files = ["README.md", ...["docs", "examples", "packages"].flatMap(pagesBelow)];
  return files.map((file) => readPage(join(root, file)));
}

function pagesBelow(folder: string): string[] {
  return filesBelow(join(root, folder))
    .filter((file) => file.endsWith(".md") && !/(^|\/)(node_modules|dist|\.tmp)\//.test(file))
    .map((file) => `${folder}/${file}`);
}

export function readPage(file: string): MarkdownPage {
  const lines = readFileSync(file, "utf8").split("\n");
  const blocks: CodeBlock[] = [];
  const prose: { readonly text: string; readonly line: number }[] = [];
  for (let index = 0; index < lines.length; index++) {
    const text = lines[index] ?? "";
    const fence = /^ {0,3}(`{3,}|~{3,})\s*(.*?)\s*$/.exec(text);
    if (fence === null) {
      prose.push({ text, line: index + 1 });
      continue;
    }
    const [, marker = "", info = ""] = fence;
    const length = lines.slice(index + 1).findIndex((line) => line.trim().startsWith(marker));
    if (length === -1) throw new Error(`${file}:${index + 1}: the code block never ends`);
    blocks.push({ info, line: index + 2, lines: lines.slice(index + 1, index + 1 + length) });
    index += length + 1;
  }
  return {
    file,
    lineCount: lines.length,
    blocks,
    links: prose.flatMap(({ text, line }) => linkTargets(text).map((target) => ({ target, line }))),
    anchors: anchorsOf(prose.map(({ text }) => text)),
  };
}

/** `[text](target)`, `![alt](target)` and `[label]: target`; not what stands in code. */
function linkTargets(text: string): readonly string[] {
  const bare = text.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
  const inline = [...bare.matchAll(/\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const reference = [...bare.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)/g)];
  return [...inline, ...reference].map(([, target = ""]) => target);
}

function anchorsOf(prose: readonly string[]): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const text of prose) {
    for (const [, id = ""] of text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(id);
    const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(text)?.[1];
    if (heading === undefined) continue;
    const slug = slugOf(heading);
    let unique = slug;
    for (let copy = 1; anchors.has(unique); copy++) unique = `${slug}-${copy}`;
    anchors.add(unique);
  }
  return anchors;
}

/** As GitHub does it: the text without markup, in small letters, without punctuation, blanks as hyphens. */
function slugOf(heading: string): string {
  const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/<[^>]*>/g, "");
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}
