// Builds the package in the current directory: tsup makes the JavaScript, ESM and CommonJS, one bundle for each entry;
// TypeScript makes one declaration for each source file, in both spellings. The entries are what package.json sends to
// its sources under the condition `source`, so there is no second list of them.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { build } from "tsup";
import ts from "typescript";

// Published as ES modules only: older Node cannot `require` them, so the .cjs files carry them inside.
const ESM_ONLY = [/^@noble\//, /^nanoid$/];

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const entries = [...sourcePaths(manifest.exports), ...sourcePaths(manifest.imports)];
const compilerOptions = readCompilerOptions();

rmSync("dist", { recursive: true, force: true });
await bundle("esm", ".js");
await bundle("cjs", ".cjs");
for (const file of sourceFiles()) declare(file);
writeThirdPartyNotices();

/** @param {"esm" | "cjs"} format @param {string} extension */
async function bundle(format, extension) {
  await build({
    config: false,
    silent: true,
    entry: Object.fromEntries(entries.map((file) => [basename(file, ".ts"), file])),
    format,
    outExtension: () => ({ js: extension }),
    target: "es2022",
    platform: "neutral",
    // nanoid's `browser` entry is the one without a node: import.
    esbuildOptions: (options) => {
      options.conditions = ["browser"];
    },
    splitting: false,
    removeNodeProtocol: false,
    // Beside these, tsup leaves every dependency and peer outside.
    external: [/^#/, /^node:/],
    noExternal: format === "cjs" ? ESM_ONLY : [],
  });
}

/** @param {string} file below src */
function declare(file) {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(file, "utf8"), {
    compilerOptions,
    fileName: file,
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0)
    throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(compilerOptions)));

  const target = join("dist", relative("src", file)).replace(/\.ts$/, "");
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.d.ts`, outputText);
  writeFileSync(`${target}.d.cts`, outputText.replaceAll(/(["'])(\.{1,2}\/[^"']*)\.js\1/g, "$1$2.cjs$1"));
}

/**
 * The licences of what the .cjs files carry inside ask to travel with it. Their file's name has no "licence" in it:
 * pnpm would take it for ours, and leave ours out.
 */
function writeThirdPartyNotices() {
  const bundled = Object.keys(manifest.dependencies ?? {}).filter((name) =>
    ESM_ONLY.some((pattern) => pattern.test(name)),
  );
  if (bundled.length === 0) return;
  const texts = bundled.map((name) => `${name}\n\n${readFileSync(join("node_modules", name, "LICENSE"), "utf8")}`);
  writeFileSync(join("dist", "third-party-notices.txt"), texts.join("\n"));
}

/**
 * Every path under a condition `source`, at any depth of `exports` or `imports`.
 * @param {unknown} node @returns {string[]}
 */
function sourcePaths(node, inSource = false) {
  if (typeof node === "string") return inSource ? [node] : [];
  return Object.entries(node ?? {}).flatMap(([name, value]) => sourcePaths(value, inSource || name === "source"));
}

/** @returns {string[]} what ships: no test, no helper of tests */
function sourceFiles() {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" });
  return files.filter((file) => /(?<!\.test)\.ts$/.test(file)).map((file) => join("src", file));
}

function readCompilerOptions() {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, ".").options;
}
