/** Values that no parameter wants, each made afresh: looking at some of them throws, or never ends. */
export const HOSTILE: { readonly [name: string]: () => unknown } = {
  null: () => null,
  "an empty object": () => ({}),
  "an empty array": () => [],
  "a symbol": () => Symbol("s"),
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  "a negative zero": () => -0,
  "a fraction": () => 0.5,
  "a bigint": () => 10n,
  "a boolean": () => true,
  "a function": () => () => "x",
  "an invalid Date": () => new Date("31/12/2020"),
  "a Date whose getTime throws": () => Object.assign(new Date(0), { getTime: () => throwing() }),
  "an empty string": () => "",
  "1 MB of text": () => "x".repeat(1_000_000),
  "1 MB of underscores": () => "_".repeat(1_000_000),
  "a NUL": () => "a\0b",
  "a lone surrogate": () => "a\ud800b",
  "an array of 10,000": () => Array.from({ length: 10_000 }, (_, index) => index),
  "a sparse array": () => new Array(100_000),
  "an object whose getter throws": () => ({
    get name() {
      return throwing();
    },
  }),
  "a proxy that throws at every look": () =>
    new Proxy(
      {},
      { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing, getOwnPropertyDescriptor: throwing },
    ),
  "a revoked proxy": revokedProxy,
  "a proxy of a function": () => new Proxy(() => 0, { get: throwing, apply: throwing }),
  "own __proto__": () => JSON.parse('{"__proto__":{"polluted":true}}'),
  "own constructor": () => ({ constructor: { prototype: { polluted: true } } }),
  "a cycle": () => {
    const self: Record<string, unknown> = {};
    self.self = self;
    return self;
  },
  "an array in itself": () => {
    const self: unknown[] = [];
    self.push(self);
    return self;
  },
  "10,000 levels": () => Array.from({ length: 10_000 }).reduce<unknown>((inside) => ({ inside }), 1),
  "a null prototype": () => Object.create(null),
  "a Map": () => new Map([["a", 1]]),
  "a toString that throws": () => ({ toString: throwing, valueOf: throwing, [Symbol.toPrimitive]: throwing }),
  "a toJSON that throws": () => ({ toJSON: throwing }),
};

function throwing(): never {
  throw new Error("looked at");
}

function revokedProxy(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
