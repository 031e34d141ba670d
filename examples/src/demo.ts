import { type DemoOptions, parseCommandLine, USAGE } from "./demo/arguments.js";
import { explainFailure } from "./demo/explain-failure.js";
import { createNarrator } from "./demo/narrator.js";
import { runDemo } from "./demo/run-demo.js";

const EXIT = { asPromised: 0, notAsPromised: 1, misuse: 2, interrupted: 130 };

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const command = parseCommandLine(args);
  switch (command.kind) {
    case "help":
      console.log(USAGE);
      return EXIT.asPromised;
    case "misuse":
      console.error(`demo: ${command.problem}\n\n${USAGE}`);
      return EXIT.misuse;
    case "run":
      return run(command.options);
  }
}

async function run(options: DemoOptions): Promise<number> {
  const tell = createNarrator(console.log, process.stdout.isTTY && process.stdout.hasColors());
  const stop = new AbortController();
  // Not only once: npm and pnpm pass on a Ctrl-C that has come here already.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop.abort());
  // Whoever reads along may leave: `npm run demo | head`.
  process.stdout.on("error", () => stop.abort());
  try {
    await runDemo({ ...options, databaseUrl: process.env.DATABASE_URL || undefined }, tell, stop.signal);
    return EXIT.asPromised;
  } catch (error) {
    console.error(`\ndemo: ${stop.signal.aborted ? "interrupted" : explainFailure(error)}`);
    return stop.signal.aborted ? EXIT.interrupted : EXIT.notAsPromised;
  }
}
