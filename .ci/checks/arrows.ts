import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import type { Check } from "./check.js";
import { place, sourceFiles, type WorkspacePackage, workspacePackages } from "./workspace.js";

// What each package may depend on, of the workspace. Tests are free; what ships is not.
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  "@claviger/core": [],
  claviger: ["@claviger/core"],
  "@claviger/memory": ["@claviger/core"],
  "@claviger/postgres": ["@claviger/core"],
  "@claviger/dynamodb": ["@claviger/core"],
  "@claviger/store-conformance": ["@claviger/core", "claviger"],
  "@claviger/http": ["claviger"],
  "@claviger/express": ["@claviger/http", "claviger"],
  "@claviger/hono": ["@claviger/http", "claviger"],
  "@claviger/koa": ["@claviger/http", "claviger"],
  "@claviger/testing": ["@claviger/core"],
  "@claviger/bench": [
    "@claviger/core",
    "@claviger/dynamodb",
    "@claviger/express",
    "@claviger/hono",
    "@claviger/koa",
    "@claviger/memory",
    "@claviger/postgres",
    "@claviger/testing",
    "claviger",
  ],
};

export const arrows: Check = {
  name: "arrows",
  run() {
    const packages = workspacePackages();
    const names = new Set(packages.map(({ manifest }) => manifest.name));
    const problems = packages.flatMap((subject) => {
      const allowed = ARROWS[subject.manifest.name];
      if (allowed === undefined) return [`${place(subject.directory)} has no line in the table of arrows`];
      const forbidden = new Set([...names].filter((name) => name !== subject.manifest.name && !allowed.includes(name)));
      return [...inManifest(subject, forbidden), ...inSources(subject, forbidden), ...acrossFolders(subject)];
    });
    return { summary: `${packages.length} packages`, problems };
  },
};

function inManifest({ directory, manifest }: WorkspacePackage, forbidden: ReadonlySet<string>): string[] {
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
  return Object.keys(declared)
    .filter((name) => forbidden.has(name))
    .map((name) => `${place(join(directory, "package.json"))}: ${manifest.name} must not depend on ${name}`);
}

function inSources({ directory, manifest }: WorkspacePackage, forbidden: ReadonlySet<string>): string[] {
  return sourceFiles(join(directory, "src"))
    .flatMap(importsOf)
    .filter(({ specifier }) => forbidden.has(packageName(specifier)))
    .map(({ at, specifier }) => `${at}: ${manifest.name} must not import ${specifier}`);
}

/** Who wants another package names it: a relative import would copy it into the bundle. */
function acrossFolders({ directory }: WorkspacePackage): string[] {
  return sourceFiles(join(directory, "src")).flatMap((file) =>
    importsOf(file)
      .filter(({ specifier }) => specifier.startsWith("."))
      .filter(({ specifier }) => relative(directory, join(dirname(file), specifier)).startsWith(".."))
      .map(({ at, specifier }) => `${at}: ${specifier} leaves the package`),
  );
}

function importsOf(file: string): { specifier: string; at: string }[] {
  const text = readFileSync(file, "utf8");
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName, pos }) => ({
    specifier: fileName,
    at: place(file, text.slice(0, pos).split("\n").length),
  }));
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
