import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename } from "node:path";
import ts from "typescript";
import type { Check } from "./check.js";
import { type Packed, packAll } from "./tarballs.js";
import { filesBelow } from "./workspace.js";

const ROOT_FILES = new Set(["package.json", "LICENSE", "README.md"]);

/** What no linter of packages knows: nothing points at sources, core travels in no second copy and stays portable. */
export const packed: Check = {
  name: "packed",
  run() {
    const packages = packAll();
    const problems = packages.flatMap((subject) => {
      const found = [strayFiles, towardsSources, unpublishable, copiesOfCore, builtinsInCore].flatMap((rule) =>
        rule(subject),
      );
      return found.map((problem) => `${basename(subject.tarball)}: ${problem}`);
    });
    return { summary: `${packages.length} tarballs`, problems };
  },
};

function strayFiles({ unpacked }: Packed): string[] {
  const files = filesBelow(unpacked);
  return [
    ...files.filter((file) => !file.startsWith("dist/") && !ROOT_FILES.has(file)).map((file) => `holds ${file}`),
    ...files.filter((file) => /(?<!\.d)\.[cm]?tsx?$|\.test\.|\.map$/.test(file)).map((file) => `ships ${file}`),
    ...(files.includes("LICENSE") ? [] : ["has no LICENSE"]),
  ];
}

/** Every target of package.json is below dist, and no condition is the tree's own. */
function towardsSources({ manifest }: Packed): string[] {
  const { main, types, exports, imports } = manifest;
  return [...leaves({ main, types, exports, imports })]
    .filter(({ path, target }) => path.includes("source") || !/^\.\/(dist\/|package\.json$)/.test(target))
    .map(({ path, target }) => `${path.join(" › ")} leads to ${target}`);
}

function* leaves(node: unknown, path: readonly string[] = []): Generator<{ path: readonly string[]; target: string }> {
  if (typeof node === "string") yield { path, target: node };
  if (typeof node !== "object" || node === null) return;
  for (const [name, value] of Object.entries(node)) yield* leaves(value, [...path, name]);
}

function unpublishable({ manifest }: Packed): string[] {
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
  return Object.entries(declared)
    .filter(([, range]) => /^(workspace|link|file|catalog):/.test(range))
    .map(([name, range]) => `depends on ${name} as ${range}`);
}

/** Two copies of ClavigerError would be two classes: only core may define it. */
function copiesOfCore({ unpacked, manifest }: Packed): string[] {
  if (manifest.name === "@claviger/core") return [];
  return filesBelow(unpacked)
    .filter(
      (file) => /\.c?js$/.test(file) && /\bClavigerError = class\b/.test(readFileSync(`${unpacked}/${file}`, "utf8")),
    )
    .map((file) => `${file} carries a ClavigerError of its own`);
}

/** What is bundled into core's CommonJS counts too, so that it runs where there is no Node. */
function builtinsInCore({ unpacked, manifest }: Packed): string[] {
  if (manifest.name !== "@claviger/core") return [];
  return filesBelow(unpacked)
    .filter((file) => /\.c?js$/.test(file) && !file.startsWith("dist/sha256.node."))
    .flatMap((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(`${unpacked}/${file}`, "utf8"), true, true);
      return importedFiles
        .filter(({ fileName }) => isBuiltin(fileName))
        .map(({ fileName }) => `${file} imports ${fileName}`);
    });
}
