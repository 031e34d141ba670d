// What the property tests draw from. vitest hands it to each worker's environment; fast-check.setup.ts reads it there.

const FIXED_SEED = 20_260_701;
const SEED_BOUND = 0x7fff_ffff;

/**
 * FC_SEED and FC_RUNS for a test run. The seed is fixed unless FC_SEED names another one; FC_SEED=random draws one for
 * the whole run and prints it, so that a failure can be repeated. FC_RUNS is the number of runs of each property that
 * does not set its own.
 */
export function fastCheckEnv(defaults: { readonly seed?: "random"; readonly runs: number }): Record<string, string> {
  const wanted = process.env.FC_SEED ?? defaults.seed ?? String(FIXED_SEED);
  const seed = wanted === "random" ? Math.floor(Math.random() * SEED_BOUND) : wholeNumber("FC_SEED", wanted);
  const runs = wholeNumber("FC_RUNS", process.env.FC_RUNS ?? String(defaults.runs));
  if (seed !== FIXED_SEED) console.log(`Property tests: FC_SEED=${seed} FC_RUNS=${runs}`);
  return { FC_SEED: String(seed), FC_RUNS: String(runs) };
}

function wholeNumber(name: string, text: string): number {
  if (!/^[0-9]{1,10}$/.test(text) || Number(text) > SEED_BOUND) {
    throw new TypeError(`${name} must be a whole number from 0 to ${SEED_BOUND}, given ${JSON.stringify(text)}`);
  }
  return Number(text);
}
