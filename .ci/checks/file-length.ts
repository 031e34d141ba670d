import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Check } from "./check.js";
import { place, root, sourceFiles, workspacePackages } from "./workspace.js";

/** Lines that hold code; comments and blank lines are free. */
const MAX_LOGIC_LINES = 250;

export const fileLength: Check = {
  name: "file-length",
  run() {
    const folders = [...workspacePackages().map(({ directory }) => join(directory, "src")), join(root, "examples/src")];
    const files = folders
      .flatMap(sourceFiles)
      .map((file) => ({ file, lines: logicLines(readFileSync(file, "utf8")) }))
      .sort((a, b) => a.lines - b.lines);
    const median = files[files.length >> 1];
    const longest = files.at(-1);
    if (longest === undefined) return { summary: "no source files", problems: ["found nothing to measure"] };
    return {
      summary: `${files.length} files, median ${median?.lines}, longest ${longest.lines} (${place(longest.file)})`,
      problems: files
        .filter(({ lines }) => lines > MAX_LOGIC_LINES)
        .map(({ file, lines }) => `${place(file)}: ${lines} lines of logic, at most ${MAX_LOGIC_LINES}`),
    };
  },
};

function logicLines(text: string): number {
  const source = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest);
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    children.forEach(visit);
    if (children.length > 0 || node.getWidth(source) === 0) return;
    const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
    const last = source.getLineAndCharacterOfPosition(node.getEnd()).line;
    for (let line = first; line <= last; line++) lines.add(line);
  };
  visit(source);
  return lines.size;
}
