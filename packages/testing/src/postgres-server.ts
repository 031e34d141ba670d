import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { embeddedBinaries } from "./embedded-binaries.js";
import { freePort } from "./free-port.js";
import { serverUser } from "./server-user.js";

/** A PostgreSQL server of the tests' own, on 127.0.0.1, without passwords. */
export interface PostgresServer {
  /** Of the database `postgres`; stays the same over `stop` and `start`. */
  readonly url: string;
  /** Ends it as an operator would who is in a hurry: open connections are cut. */
  stop(): Promise<void>;
  /** Brings it back with the data that it had. */
  start(): Promise<void>;
  /** Ends it, if it runs, and leaves nothing behind. */
  remove(): Promise<void>;
}

const MAX_CONNECTIONS = 300;
const READY_POLL_MS = 20;
const MAX_READY_POLLS = 1_500;
const ENVIRONMENT = { LC_ALL: "C", TZ: "UTC", PATH: process.env.PATH ?? "" };

// The server lives as long as the pipe on its keeper's standard input. A line on it means stop; its end means that the
// process with the tests is gone, however it went, so the data go too.
const KEEPER = `
  directory=$1; shift
  "$@" </dev/null & server=$!
  read -r line && keep=yes
  kill -INT "$server"; wait "$server"
  [ -n "$keep" ] || rm -rf "$directory"
`;

/** By name, as in `postgresql.conf`; all others are as PostgreSQL comes. */
export type ServerSettings = Readonly<Record<string, string>>;

/** A commit waits for no disk, so that tests take no longer than they must. */
const UNDURABLE: ServerSettings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/** Initialises and starts a server. Takes one to three seconds. */
export async function startPostgres(settings: ServerSettings = UNDURABLE): Promise<PostgresServer> {
  const user = serverUser();
  const directory = mkdtempSync(join(tmpdir(), "claviger-postgres-"));
  if (user !== undefined) chownSync(directory, user.uid, user.gid);
  const binaries = embeddedBinaries(user, directory);
  const data = join(directory, "data");
  const asUser = { ...user, cwd: directory, env: ENVIRONMENT };
  execFileSync(
    binaries.initdb,
    ["-D", data, "-U", "postgres", "-A", "trust", "--locale=C", "--encoding=UTF8", "--no-sync"],
    {
      ...asUser,
      stdio: "pipe",
    },
  );

  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const allSettings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: MAX_CONNECTIONS,
    ...settings,
  };
  const serverCommand = [
    binaries.postgres,
    "-D",
    data,
    ...Object.entries(allSettings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  const logFile = join(directory, "log");
  let keeper: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    if (keeper !== undefined) return;
    const log = openSync(logFile, "a");
    keeper = spawn("sh", ["-c", KEEPER, "sh", directory, ...serverCommand], {
      ...asUser,
      detached: true,
      stdio: ["pipe", log, log],
    });
    keeper.unref();
    await ready(url, logFile);
  };
  const end = async (lastWords: string): Promise<void> => {
    const ending = keeper;
    if (ending === undefined) return;
    keeper = undefined;
    const gone = once(ending, "exit");
    ending.stdin?.end(lastWords);
    ending.ref();
    await gone;
  };
  const remove = async (): Promise<void> => {
    await end("");
    rmSync(directory, { recursive: true, force: true });
  };

  await start().catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return { url, start, stop: () => end("stop\n"), remove };
}

async function ready(url: string, logFile: string): Promise<void> {
  for (let poll = 0; poll < MAX_READY_POLLS; poll += 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch {
      await delay(READY_POLL_MS);
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new Error(`PostgreSQL did not start:\n${readFileSync(logFile, "utf8").slice(-2_000)}`);
}
