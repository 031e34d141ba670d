import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly main?: string;
  readonly types?: string;
  readonly exports?: unknown;
  readonly imports?: unknown;
}

export interface WorkspacePackage {
  /** An absolute path. */
  readonly directory: string;
  readonly manifest: Manifest;
}

/** Everything below packages/, the private ones included. */
export function workspacePackages(): readonly WorkspacePackage[] {
  return readdirSync(join(root, "packages"))
    .map((name) => join(root, "packages", name))
    .filter((directory) => existsSync(join(directory, "package.json")))
    .map((directory) => ({ directory, manifest: readManifest(directory) }));
}

export function readManifest(directory: string): Manifest {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
}

/** The .ts files below `directory` that ship: no tests. Absolute paths. */
export function sourceFiles(directory: string): readonly string[] {
  return filesBelow(directory)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => join(directory, file));
}

/** Paths from `directory`, with slashes, in order; none where there is no such folder. */
export function filesBelow(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** A place as people click on it: path from the root, with slashes, and a line from 1. */
export function place(file: string, line?: number): string {
  const path = relative(root, file).replaceAll("\\", "/");
  return line === undefined ? path : `${path}:${line}`;
}
