import fc from "fast-check";
import { Address4, Address6 } from "ip-address";

import { Prefix } from "../../src";

const ipv4 = fc
  .tuple(fc.bigInt(0n, 2n ** 32n - 1n), fc.integer({ min: 0, max: 32 }))
  .map(([address, length]) => Prefix.of(4, (address >> BigInt(32 - length)) << BigInt(32 - length), length));
// Sparse groups produce runs of zeros, the subject of RFC 5952.
const ipv6 = fc
  .tuple(
    fc.array(fc.oneof(fc.constant(0n), fc.bigInt(0n, 0xffffn)), { minLength: 8, maxLength: 8 }),
    fc.integer({ min: 0, max: 128 }),
  )
  .map(([groups, length]) => {
    const address = groups.reduce((sum, group) => (sum << 16n) | group, 0n);
    return Prefix.of(6, (address >> BigInt(128 - length)) << BigInt(128 - length), length);
  });
const prefix = fc.oneof(ipv4, ipv6);

const oracle = (value: Prefix): Address4 | Address6 =>
  value.family === 4 ? new Address4(value.toString()) : new Address6(value.toString());

test("prints what the oracle prints, and parses it back", () => {
  fc.assert(
    fc.property(prefix, (value) => {
      const judge = oracle(value);
      expect(value.toString()).toBe(`${judge.correctForm()}/${value.length}`);
      expect(judge.bigInt()).toBe(value.first);
      expect(judge.endAddress().bigInt()).toBe(value.last);
      expect(Prefix.parse(value.toString()).equals(value)).toBe(true);
    }),
  );
});

test("contains and overlaps agree with the oracle", () => {
  const near = prefix.chain((value) =>
    fc.tuple(
      fc.constant(value),
      fc.integer({ min: 0, max: value.family === 4 ? 32 : 128 }).map((length) => {
        const host = BigInt((value.family === 4 ? 32 : 128) - length);
        return Prefix.of(value.family, (value.first >> host) << host, length);
      }),
    ),
  );
  fc.assert(
    fc.property(fc.oneof(near, fc.tuple(prefix, prefix)), ([a, b]) => {
      const sameFamily = a.family === b.family;
      const within = (inner: Prefix, outer: Prefix): boolean =>
        sameFamily && oracle(inner).isInSubnet(oracle(outer) as Address4 & Address6);
      expect(a.contains(b)).toBe(within(b, a));
      expect(a.overlaps(b)).toBe(within(a, b) || within(b, a));
    }),
  );
});

test("subtract returns exactly the other addresses, in the fewest blocks", () => {
  const pair = prefix.chain((outer) =>
    fc.tuple(
      fc.constant(outer),
      fc
        .tuple(
          fc.integer({ min: outer.length, max: outer.family === 4 ? 32 : 128 }),
          fc.bigInt(0n, outer.size - 1n),
        )
        .map(([length, offset]) => {
          const host = BigInt((outer.family === 4 ? 32 : 128) - length);
          return Prefix.of(outer.family, ((outer.first + offset) >> host) << host, length);
        }),
    ),
  );
  fc.assert(
    fc.property(pair, ([outer, inner]) => {
      const left = outer.subtract(inner);
      expect(left).toHaveLength(inner.length - outer.length);
      expect(left.reduce((sum, block) => sum + block.size, inner.size)).toBe(outer.size);
      for (const block of left) {
        expect(outer.contains(block)).toBe(true);
        expect(block.overlaps(inner)).toBe(false);
      }
      expect(inner.subtract(outer)).toEqual([]);
    }),
  );
});

test("sorts IPv4 by address, and finds a part again where it is, in the upper half of the addresses too", () => {
  fc.assert(
    fc.property(ipv4, ipv4, (a, b) => {
      const order = a.first === b.first ? a.length - b.length : a.first < b.first ? -1 : 1;
      expect(Math.sign(a.compare(b))).toBe(Math.sign(order));
      if (!a.contains(b)) return;
      expect(BigInt(b.offsetIn(a))).toBe(b.first - a.first);
      expect(a.partAt(b.offsetIn(a), b.length).equals(b)).toBe(true);
    }),
  );
  const [whole, upper] = [Prefix.parse("0.0.0.0/0"), Prefix.parse("200.0.0.0/8")];
  expect(upper.offsetIn(whole)).toBe(200 * 2 ** 24);
  expect(whole.partAt(200 * 2 ** 24, 8).toString()).toBe("200.0.0.0/8");
});

test("splits into all blocks of a length, in order, up to a maximum", () => {
  const cidrs = (text: string, length: number): string[] => Prefix.parse(text).split(length).map(String);
  expect(cidrs("100.64.0.0/18", 20)).toEqual([
    "100.64.0.0/20",
    "100.64.16.0/20",
    "100.64.32.0/20",
    "100.64.48.0/20",
  ]);
  expect(cidrs("2001:db8::/47", 48)).toEqual(["2001:db8::/48", "2001:db8:1::/48"]);
  expect(() => cidrs("10.0.0.0/8", 28)).toThrow(
    "10.0.0.0/8: has 1,048,576 blocks of /28, and at most 65,536 can be listed; use /24 or shorter",
  );
  expect(() => cidrs("10.0.0.0/16", 8)).toThrow(
    "10.0.0.0/16: cannot be split into /8, which is larger; use /16 or longer",
  );
});

test.each([
  ["", `"": is empty; write a prefix such as 10.0.0.0/8`],
  [" 10.0.0.0/8", `" 10.0.0.0/8": contains spaces; write 10.0.0.0/8`],
  ["10.0.0.0", `"10.0.0.0": has no prefix length; write 10.0.0.0/32 for a single address`],
  ["10.0.0.0/", `"10.0.0.0/": has no prefix length; write 10.0.0.0/32 for a single address`],
  ["10.0.0.0/33", `"10.0.0.0/33": /33 is too long for an IPv4 prefix; use /0 to /32`],
  ["10.0.0.0/08", `"10.0.0.0/08": the prefix length has a leading zero; write 10.0.0.0/8`],
  ["10.0.0.0/8/9", `"10.0.0.0/8/9": has more than one '/'; write a prefix such as 10.0.0.0/8`],
  ["10.0.0.0/x", `"10.0.0.0/x": "x" is not a prefix length (0 to 32)`],
  ["10.1.2.3/8", "10.1.2.3/8: host bits are set; write 10.0.0.0/8"],
  [
    "010.0.0.0/8",
    `"010.0.0.0/8": octets have no leading zeros (some programs read them as octal); write 10.0.0.0/8`,
  ],
  ["10.1/16", `"10.1/16": an IPv4 address has 4 octets; write 10.1.0.0/16`],
  ["10.0.0.0.0/8", `"10.0.0.0.0/8": an IPv4 address has 4 octets`],
  ["10.0.0.256/32", `"10.0.0.256/32": "256" is not an octet (0 to 255)`],
  ["10.0..0/8", `"10.0..0/8": "" is not an octet (0 to 255)`],
  ["-1.0.0.0/8", `"-1.0.0.0/8": "-1" is not an octet (0 to 255)`],
  ["2001:db8::1/32", "2001:db8::1/32: host bits are set; write 2001:db8::/32"],
  ["2001:db8::/129", `"2001:db8::/129": /129 is too long for an IPv6 prefix; use /0 to /128`],
  ["fe80::%eth0/64", `"fe80::%eth0/64": a prefix has no zone index`],
  ["1::2::3/64", `"1::2::3/64": '::' may appear only once`],
  ["1:2:3/64", `"1:2:3/64": an IPv6 address has 8 groups, not 3`],
  ["2001:db8:::/32", `"2001:db8:::/32": "" is not a group of up to 4 hex digits`],
  ["12345::/16", `"12345::/16": "12345" is not a group of up to 4 hex digits`],
  [
    "::ffff:1.2.3.4/128",
    `"::ffff:1.2.3.4/128": dotted IPv6 notation is not supported; write ::ffff:102:304/128`,
  ],
])("rejects %j", (text, message) => {
  expect(() => Prefix.parse(text)).toThrow(new Error(message));
});

test("rejects the wrong family", () => {
  expect(() => Prefix.parse("2001:db8::/32", 4)).toThrow(
    "2001:db8::/32: is an IPv6 prefix; an IPv4 prefix is required",
  );
});

test("never parses what the oracle rejects", () => {
  const digit = fc.constantFrom(..."0123456789abf.:/ ".split(""));
  fc.assert(
    fc.property(fc.string({ unit: digit, maxLength: 20 }), (text) => {
      let value: Prefix;
      try {
        value = Prefix.parse(text);
      } catch (error) {
        expect((error as Error).name).toBe("AddressPlanError");
        return;
      }
      expect(oracle(value).bigInt()).toBe(value.first);
      expect(() => (value.family === 4 ? new Address4(text) : new Address6(text))).not.toThrow();
    }),
    { numRuns: 2_000 },
  );
});
