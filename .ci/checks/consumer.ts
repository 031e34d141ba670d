import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import type { Check } from "./check.js";
import { type Packed, packAll } from "./tarballs.js";

// Strict, with every declaration file checked, and no @types at all.
const COMPILER_OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  types: [],
};

/**
 * An application that installed every package from its tarball, far from this tree: each package loads as ESM and as
 * CommonJS, with one ClavigerError in each of the two, and type-checks in both without the types of a web framework.
 */
export const consumer: Check = {
  name: "consumer",
  run() {
    const packages = packAll();
    const directory = mkdtempSync(join(tmpdir(), "claviger-consumer-"));
    try {
      for (const subject of packages) install(subject, directory);
      const names = packages.map(({ manifest }) => manifest.name);
      const problems = [
        ...loads(directory, "main.mjs", esmProgram(names)),
        ...loads(directory, "main.cjs", commonJsProgram(names)),
        ...typeChecks(directory, names),
      ];
      return { summary: `${names.length} packages, ESM and CommonJS, on Node ${process.versions.node}`, problems };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

/** Third-party packages come from the tree's own installation: no registry is asked, and the lockfile decides. */
function install({ source, unpacked, manifest }: Packed, directory: string): void {
  const modules = join(directory, "node_modules");
  cpSync(unpacked, join(modules, manifest.name), { recursive: true });
  for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    const installed = realpathSync(join(source.directory, "node_modules", dependency));
    const target = join(modules, dependency);
    if (!installed.includes("node_modules") || existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(installed, target, "junction");
  }
}

function esmProgram(names: readonly string[]): string {
  const imports = names.map((name, index) => `import * as package${index} from "${name}";`);
  return `${imports.join("\n")}\n${assertions(names)}`;
}

function commonJsProgram(names: readonly string[]): string {
  const imports = names.map((name, index) => `const package${index} = require("${name}");`);
  return `${imports.join("\n")}\n${assertions(names)}`;
}

function assertions(names: readonly string[]): string {
  const table = names.map((name, index) => `"${name}": package${index}`).join(", ");
  return `
const packages = { ${table} };
for (const [name, { ...exported }] of Object.entries(packages)) {
  if (Object.keys(exported).length === 0) throw new Error(name + " exports nothing");
  if ("ClavigerError" in exported && exported.ClavigerError !== packages["claviger"].ClavigerError) {
    throw new Error(name + " has a ClavigerError of its own");
  }
}
if (typeof packages["claviger"].ClavigerError !== "function") throw new Error("claviger exports no ClavigerError");
`;
}

function loads(directory: string, file: string, text: string): string[] {
  writeFileSync(join(directory, file), text);
  try {
    execFileSync(process.execPath, [file], { cwd: directory, stdio: "pipe", encoding: "utf8" });
    return [];
  } catch (error) {
    return [`${file}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Everything that each package exports, and the program in .ci/checks/consumer: as ES modules and as CommonJS. */
function typeChecks(directory: string, names: readonly string[]): string[] {
  const everything = names.map((name, index) => `export * as package${index} from "${name}";\n`).join("");
  const application = readFileSync(join(import.meta.dirname, "consumer/application.ts"), "utf8");
  const files = [".mts", ".cts"].flatMap((extension) => {
    writeFileSync(join(directory, `everything${extension}`), everything);
    writeFileSync(join(directory, `application${extension}`), application);
    return [`everything${extension}`, `application${extension}`].map((file) => join(directory, file));
  });
  const program = ts.createProgram(files, COMPILER_OPTIONS);
  // What other people's declarations lack is theirs to mend, and their users' to install: the AWS SDK's need @types/node.
  const isOurs = ({ file }: ts.Diagnostic): boolean =>
    file === undefined || !relative(directory, file.fileName).startsWith("..");
  return ts
    .getPreEmitDiagnostics(program)
    .filter(isOurs)
    .map(({ file, start = 0, messageText }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
      const at = file === undefined ? "" : `${relative(directory, file.fileName)}:${line}: `;
      return `${at}${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
}
