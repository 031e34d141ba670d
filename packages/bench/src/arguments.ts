import { parseArgs } from "node:util";

/** What a run was asked for. */
export interface RunArguments {
  /** Hold the bounds rather than print tables. */
  readonly check: boolean;
  /** Fewer keys, shorter rounds. */
  readonly quick: boolean;
  /** Only scenarios that are called so, or whose names begin so; all where none is named. */
  readonly only: readonly string[];
}

/** @throws TypeError for an option that there is not */
export function readArguments(args: readonly string[]): RunArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      check: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  return values;
}
