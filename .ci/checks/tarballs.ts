import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  type Manifest,
  place,
  readManifest,
  root,
  sourceFiles,
  type WorkspacePackage,
  workspacePackages,
} from "./workspace.js";

/** A package as it would be published, in the tree it came from. */
export interface Packed {
  readonly source: WorkspacePackage;
  /** Absolute path of the .tgz. */
  readonly tarball: string;
  /** Absolute path of the folder that holds what the tarball holds. */
  readonly unpacked: string;
  /** As packed: pnpm and .pnpmfile.cjs have changed it. */
  readonly manifest: Manifest;
}

let packed: readonly Packed[] | undefined;

/** Every public package, packed once a run into .tmp/packed. */
export function packAll(): readonly Packed[] {
  packed ??= pack(workspacePackages().filter(({ manifest }) => manifest.private !== true));
  return packed;
}

function pack(packages: readonly WorkspacePackage[]): readonly Packed[] {
  packages.forEach(assertBuilt);
  const folder = join(root, ".tmp/packed");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const filters = packages.flatMap(({ manifest }) => ["--filter", manifest.name]);
  run("pnpm", ["--recursive", ...filters, "pack", "--pack-destination", folder]);
  return packages.map((source) => {
    const name = `${source.manifest.name.replace(/^@/, "").replace("/", "-")}-${source.manifest.version}`;
    const tarball = join(folder, `${name}.tgz`);
    mkdirSync(join(folder, name));
    run("tar", ["-xzf", tarball, "-C", join(folder, name)]);
    const unpacked = join(folder, name, "package");
    return { source, tarball, unpacked, manifest: readManifest(unpacked) };
  });
}

/** A stale dist would let every check of the packages pass or fail for yesterday's code. */
function assertBuilt({ directory }: WorkspacePackage): void {
  const bundle = join(directory, "dist/index.js");
  const builtAt = existsSync(bundle) ? statSync(bundle).mtimeMs : 0;
  const newer = sourceFiles(join(directory, "src")).find((file) => statSync(file).mtimeMs > builtAt);
  if (newer !== undefined) throw new Error(`${place(newer)} is newer than the build: run pnpm build`);
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"], shell: process.platform === "win32" });
}
