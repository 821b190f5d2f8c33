import fc from "fast-check";

import { countFreeBlocks, freeBlocks, Prefix, summarize } from "../../src";

// Small enough to count every address: the oracle is a set of numbers.
const small = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
  .map(([address, length]) => {
    const host = BigInt(32 - length);
    return Prefix.of(4, ((0x0a000000n + BigInt(address)) >> host) << host, length);
  });
const within = Prefix.parse("10.0.0.0/24");

function addresses(prefixes: readonly Prefix[]): bigint[] {
  const all = new Set<bigint>();
  for (const prefix of prefixes) for (let a = prefix.first; a <= prefix.last; a++) all.add(a);
  return [...all].sort((a, b) => Number(a - b));
}

test("summarize keeps every address and merges every pair of siblings", () => {
  fc.assert(
    fc.property(fc.array(small, { maxLength: 20 }), (prefixes) => {
      const summary = summarize(prefixes);
      expect(addresses(summary)).toEqual(addresses(prefixes));
      const sizes = summary.reduce((sum, block) => sum + block.size, 0n);
      expect(sizes).toBe(BigInt(addresses(prefixes).length));
      expect(summarize(summary)).toEqual(summary);
    }),
  );
});

test("summarize merges siblings up to all of both families", () => {
  const parse = (text: string): Prefix => Prefix.parse(text);
  expect(
    summarize(["128.0.0.0/1", "::/1", "0.0.0.0/2", "64.0.0.0/2", "8000::/1"].map(parse)).map(String),
  ).toEqual(["0.0.0.0/0", "::/0"]);
});

test("free blocks are the aligned complement, with correct counts for every length", () => {
  fc.assert(
    fc.property(fc.array(small, { maxLength: 20 }), fc.integer({ min: 24, max: 32 }), (used, length) => {
      const free = freeBlocks(within, used);
      expect(addresses([...free, ...used])).toEqual(addresses([within]));
      expect(free.some((block) => used.some((prefix) => prefix.overlaps(block)))).toBe(false);

      const blocks = freeBlocks(within, used, length);
      const expected = within.split(length).filter((block) => !used.some((prefix) => prefix.overlaps(block)));
      expect(blocks).toEqual(expected);
      expect(countFreeBlocks(within, used, length)).toBe(BigInt(expected.length));
    }),
  );
});

test("IPv6 space can be counted but not listed", () => {
  const site = Prefix.parse("2001:db8::/32");
  expect(countFreeBlocks(site, [Prefix.parse("2001:db8:8000::/33")], 64)).toBe(2n ** 31n);
  expect(() => freeBlocks(site, [], 64)).toThrow(
    "2001:db8::/32: 4,294,967,296 blocks of /64 are free, and at most 65,536 can be listed; call countFreeBlocks",
  );
});
