import { parseArgs } from "node:util";
import { FRAMEWORKS, type Framework } from "../frameworks.js";

export const USAGE = `Usage: npm run demo -- [options]

Plays the life of an API key against a small invoicing API.

  --serve             leave the server up afterwards, and print requests to try
  --framework NAME    ${FRAMEWORKS.join(", ")}; ${FRAMEWORKS[0]} unless given
  --port NUMBER       any free port unless given
  --help              print this

DATABASE_URL, when set, names a PostgreSQL database to keep the keys in; they are kept in memory otherwise.
Exit status: 0 if every step was as promised, 1 if not, 2 if the command line makes no sense, 130 if interrupted.`;

export interface DemoOptions {
  readonly framework: Framework;
  /** 0: any free one. */
  readonly port: number;
  readonly serve: boolean;
}

export type CommandLine =
  | { readonly kind: "run"; readonly options: DemoOptions }
  | { readonly kind: "help" }
  | { readonly kind: "misuse"; readonly problem: string };

const MAX_PORT = 65_535;

/** @param args without the program's name */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const parsed = parse(args);
  if (parsed instanceof Error) return misuse(firstSentence(parsed.message));
  const { help, serve, framework, port } = parsed.values;
  if (help) return { kind: "help" };
  if (!isFramework(framework))
    return misuse(`--framework must be one of ${FRAMEWORKS.join(", ")}; given: ${framework}`);
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > MAX_PORT)
    return misuse(`--port must be a number from 0 to ${MAX_PORT}; given: ${port}`);
  return { kind: "run", options: { framework, port: Number(port), serve } };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", default: false },
        serve: { type: "boolean", default: false },
        framework: { type: "string", default: "express" },
        port: { type: "string", default: "0" },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) return error;
    throw error;
  }
}

function misuse(problem: string): CommandLine {
  return { kind: "misuse", problem };
}

function isFramework(name: string): name is Framework {
  return FRAMEWORKS.some((framework) => framework === name);
}

// The second one explains how to write an argument that begins with a dash, of which there is none here.
function firstSentence(message: string): string {
  return message.split(". ", 1).join("");
}
