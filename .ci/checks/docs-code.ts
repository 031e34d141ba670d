import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import type { Check } from "./check.js";
import { compilerOptions } from "./compiler-options.js";
import { excerptsOf, isExcerpt, misquotation } from "./excerpts.js";
import { type CodeBlock, type MarkdownPage, markdownPages } from "./markdown.js";
import { place, root, workspacePackages } from "./workspace.js";

// Where the blocks are laid out to be compiled: below examples, which depends on every package, as its readers do.
const EXAMPLES = join(root, "examples");
const FOLDER = join(EXAMPLES, ".tmp/docs");

const RUN_LIMIT_MS = 30_000;

/** A block with those that continue it: one module, its lines where the page has them. */
interface Snippet {
  readonly page: MarkdownPage;
  readonly blocks: readonly CodeBlock[];
  readonly file: string;
}

/**
 * Every `ts` block of the documentation compiles, as a module of its own. The fence says more where more is meant:
 * `ts continued` goes on where the `ts` block before it on the page ended; `ts run` is run too, until it has no more
 * to await (its servers need not end); `ts file=examples/src/x.ts` is an excerpt of that file, to the letter, which
 * compiles there.
 */
export const docsCode: Check = {
  name: "docs-code",
  run() {
    const pages = markdownPages();
    const snippets = pages.flatMap(snippetsOf);
    const excerpts = pages.flatMap(excerptsOf);
    const runnable = snippets.filter(({ blocks }) => blocks.some(({ info }) => info === "ts run"));
    try {
      snippets.forEach(layOut);
      const problems = [...compile(snippets), ...runnable.flatMap(run), ...excerpts.flatMap(misquotation)];
      return {
        summary: `${snippets.length} snippets, ${runnable.length} of them run; ${excerpts.length} excerpts`,
        problems,
      };
    } finally {
      rmSync(FOLDER, { recursive: true, force: true });
    }
  },
};

function snippetsOf(page: MarkdownPage): readonly Snippet[] {
  const groups: CodeBlock[][] = [];
  for (const block of page.blocks) {
    if (!/^(ts|typescript)\b/.test(block.info) || isExcerpt(block)) continue;
    if (!/^ts( run| continued)?$/.test(block.info)) {
      throw new Error(
        `${place(page.file, block.line - 1)}: a fence says ts, ts run, ts continued or ts file=PATH, not ${block.info}`,
      );
    }
    if (block.info !== "ts continued") groups.push([block]);
    else if (groups.length > 0) groups.at(-1)?.push(block);
    else throw new Error(`${place(page.file, block.line - 1)}: there is nothing to continue`);
  }
  const name = relative(root, page.file).replaceAll(/[\\/]/g, "_");
  return groups.map((blocks) => ({ page, blocks, file: join(FOLDER, `${name}_${blocks[0]?.line}.ts`) }));
}

function layOut({ page, blocks, file }: Snippet): void {
  const lines: string[] = new Array(page.lineCount).fill("");
  for (const block of blocks) lines.splice(block.line - 1, block.lines.length, ...block.lines);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, `${lines.join("\n")}\nexport {};\n`);
}

/** A block that augments a module does so for its whole program, so it gets one of its own. */
function compile(snippets: readonly Snippet[]): string[] {
  const augments = ({ blocks }: Snippet) =>
    blocks.some(({ lines }) => lines.some((line) => line.includes("declare module")));
  const alone = snippets.filter(augments).map((snippet) => [snippet]);
  return [snippets.filter((snippet) => !augments(snippet)), ...alone].flatMap(compileTogether);
}

function compileTogether(snippets: readonly Snippet[]): string[] {
  const pages = new Map(snippets.map(({ file, page }) => [file, page.file]));
  const options: ts.CompilerOptions = {
    ...compilerOptions(EXAMPLES),
    noEmit: true,
    declaration: false,
    isolatedDeclarations: false,
    paths: publicPackages(),
  };
  const program = ts.createProgram([...pages.keys()], options);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file === undefined ? 1 : file.getLineAndCharacterOfPosition(start).line + 1;
    const at = file === undefined ? "" : `${place(pages.get(file.fileName) ?? file.fileName, line)}: `;
    return `${at}${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

/** All of them can be imported in the documentation, also those that the examples have no need of. */
function publicPackages(): Record<string, string[]> {
  const shared = workspacePackages().filter(({ manifest }) => manifest.private !== true);
  return Object.fromEntries(
    shared.map(({ directory, manifest }) => [manifest.name, [join(directory, "src/index.ts")]]),
  );
}

function run({ page, blocks, file }: Snippet): string[] {
  const program = `await import(${JSON.stringify(pathToFileURL(file).href)}); process.exit();`;
  try {
    execFileSync(
      process.execPath,
      ["--import", "tsx", "--conditions", "source", "--input-type=module", "--eval", program],
      {
        cwd: root,
        encoding: "utf8",
        stdio: "pipe",
        timeout: RUN_LIMIT_MS,
      },
    );
    return [];
  } catch (error) {
    return [`${place(page.file, blocks[0]?.line)}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
