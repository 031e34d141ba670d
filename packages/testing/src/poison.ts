/** Replaces what reads a clock or draws randomness behind the caller's back. Returns how to put it back. */
function poison(touch: (what: string) => never): () => void {
  const { now } = Date;
  const { random } = Math;
  const { Date: RealDate } = globalThis;
  const { getRandomValues, randomUUID } = globalThis.crypto;
  Date.now = () => touch("Date.now");
  Math.random = () => touch("Math.random");
  globalThis.crypto.getRandomValues = () => touch("crypto.getRandomValues");
  globalThis.crypto.randomUUID = () => touch("crypto.randomUUID");
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args) => (args.length === 0 ? touch("new Date()") : Reflect.construct(target, args)),
    apply: () => touch("Date()"),
  });
  return () => {
    globalThis.Date = RealDate;
    RealDate.now = now;
    Math.random = random;
    Object.assign(globalThis.crypto, { getRandomValues, randomUUID });
  };
}

/**
 * Runs an act while the ambient clock and randomness are poisoned: a touch throws where it happens, and again here in
 * case somebody caught it.
 *
 * @throws Error naming what was touched
 */
export async function withPoisonedAmbience<T>(act: () => T | Promise<T>): Promise<T> {
  const touched = new Set<string>();
  const restore = poison((what) => {
    touched.add(what);
    throw new Error(`${what} was touched`);
  });
  let result: T;
  try {
    result = await act();
  } finally {
    restore();
  }
  if (touched.size > 0) throw new Error(`touched: ${[...touched].join(", ")}`);
  return result;
}
