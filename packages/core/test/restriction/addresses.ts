import fc, { type Arbitrary } from "fast-check";

/** An IPv6 address as its eight groups of 16 bits, often with runs of zeros, sometimes mapped or nearly so. */
export const ipv6Groups: Arbitrary<readonly number[]> = fc.oneof(
  { weight: 4, arbitrary: fc.array(group(), { minLength: 8, maxLength: 8 }) },
  { weight: 1, arbitrary: fc.tuple(group(), group()).map((low) => [0, 0, 0, 0, 0, 0xffff, ...low]) },
  { weight: 1, arbitrary: fc.tuple(group(), group()).map((low) => [0, 0, 0, 0, 0, 0, ...low]) },
);

function group(): Arbitrary<number> {
  return fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat({ max: 15 }), fc.nat({ max: 0xffff }));
}

/** A text form of RFC 4291 §2.2 for these groups: any case, leading zeros, any run of zeros as "::", the end as IPv4. */
export function ipv6Text(groups: readonly number[]): Arbitrary<string> {
  const runs = [...groups.keys()].flatMap((from) =>
    [...groups.keys()]
      .filter((to) => to >= from && groups.slice(from, to + 1).every((value) => value === 0))
      .map((to) => [from, to + 1] as const),
  );
  return fc
    .record({
      digits: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 }),
      upper: fc.boolean(),
      dotted: fc.boolean(),
      run: fc.option(fc.nat()),
    })
    .map(({ digits, upper, dotted, run }) => {
      const text = groups.map((value, index) => value.toString(16).padStart(digits[index] ?? 1, "0"));
      const cased = upper ? text.map((hex) => hex.toUpperCase()) : text;
      const fixed = dotted ? [...cased.slice(0, 6), ipv4Text(groups.slice(6))] : cased;
      const [from, to] = (run === null ? undefined : runs[run % Math.max(runs.length, 1)]) ?? [0, 0];
      if (to === from || (dotted && to > 6)) return fixed.join(":");
      return `${fixed.slice(0, from).join(":")}::${fixed.slice(to).join(":")}`;
    });
}

/** Dotted decimal of two groups. */
export function ipv4Text(groups: readonly number[]): string {
  return groups.flatMap((value) => [Math.floor(value / 256), value % 256]).join(".");
}

export const ipv4: Arbitrary<string> = fc.tuple(fc.nat({ max: 0xffff }), fc.nat({ max: 0xffff })).map(ipv4Text);

export const ipv6: Arbitrary<string> = ipv6Groups.chain(ipv6Text);

/** All bits of groups as one number. */
export function bitsOf(groups: readonly number[]): bigint {
  return groups.reduce((bits, value) => bits * 0x1_0000n + BigInt(value), 0n);
}

/** Texts that are nearly addresses: pieces of them put together anyhow. */
export const nearAddress: Arbitrary<string> = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        "0",
        "1",
        "ff",
        "FFFF",
        "12345",
        "g",
        "::",
        ":",
        ".",
        "10.0.0.1",
        "255",
        "256",
        "01",
        "",
        " ",
        "%eth0",
        "/64",
        "-1",
        "0x1",
        "1e1",
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join("")),
  fc
    .array(fc.constantFrom("0", "1", "ff", "FFFF", "", "10.0.0.1", "00000"), { maxLength: 10 })
    .map((groups) => groups.join(":")),
  fc
    .array(fc.constantFrom("0", "1", "10", "255", "256", "00", "01", "", "-0", "+1", "1e1", "0x1", "NaN", " 1"), {
      maxLength: 5,
    })
    .map((octets) => octets.join(".")),
);
