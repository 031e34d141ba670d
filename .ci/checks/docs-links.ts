import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Check } from "./check.js";
import { type MarkdownPage, markdownPages, readPage } from "./markdown.js";
import { place } from "./workspace.js";

/** Every relative link of the documentation leads to a file, and its anchor to a heading. Others are not followed. */
export const docsLinks: Check = {
  name: "docs-links",
  run() {
    const pages = markdownPages();
    const problems = pages.flatMap((page) => page.links.flatMap((link) => broken(page, link)));
    return {
      summary: `${pages.reduce((sum, page) => sum + page.links.length, 0)} links in ${pages.length} pages`,
      problems,
    };
  },
};

function broken(page: MarkdownPage, { target, line }: MarkdownPage["links"][number]): string[] {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return [];
  const [path = "", anchor] = target.split("#", 2);
  const file = path === "" ? page.file : resolve(dirname(page.file), decodeURIComponent(path));
  if (!existsSync(file)) return [`${place(page.file, line)}: ${target}: no such file`];
  if (anchor === undefined) return [];
  if (statSync(file).isDirectory() || !file.endsWith(".md"))
    return [`${place(page.file, line)}: ${target}: no anchors there`];
  return readPage(file).anchors.has(anchor) ? [] : [`${place(page.file, line)}: ${target}: no such heading`];
}
