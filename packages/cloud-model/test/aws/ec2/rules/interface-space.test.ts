import { prefixReservations, usablePrefixes } from "@cluster-ipam/address-plan";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import fc from "fast-check";
import { InterfaceSpace } from "../../../../src/aws/ec2/rules/interface-space";

const FIRST = Number(Prefix.parse("100.64.0.0/16").first);

/** A pod subnet of the address plan: reserved for prefixes but for its first sixteenth. */
function podSubnet(length: number): InterfaceSpace {
  const cidr = Prefix.ipv4At(FIRST, length);
  const reservations = prefixReservations(cidr).map((reserved) => ({
    cidr: reserved,
    type: "prefix" as const,
  }));
  return new InterfaceSpace(cidr, { sizes: new Map(), count: 0 }, reservations);
}

test("a single address comes from no part of a subnet that is reserved for prefixes", () => {
  const space = podSubnet(24);
  const taken = [...space.takeAddresses(12, "0badcafe")].sort();
  expect(taken).toEqual(Array.from({ length: 12 }, (_, index) => `100.64.0.${index + 4}`).sort());
  expect(() => space.takeAddresses(1, "0badcafe")).toThrow(
    expect.objectContaining({ code: "InsufficientFreeAddressesInSubnet" }),
  );
  expect(space.takePrefixes(14)).toContain("100.64.0.16/28");
});

test("a reserved subnet holds all interfaces and prefixes that the address plan promises, in every order", () => {
  const promised = fc.integer({ min: 20, max: 26 }).chain((length) =>
    fc.integer({ min: 2, max: usablePrefixes(length) }).chain((prefixes) =>
      fc.record({
        length: fc.constant(length),
        prefixes: fc.constant(prefixes),
        interfaces: fc.integer({ min: 0, max: usablePrefixes(length) - prefixes }),
        order: fc.infiniteStream(fc.boolean()),
        seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      }),
    ),
  );
  fc.assert(
    fc.property(promised, ({ length, prefixes, interfaces, order, seed }) => {
      const space = podSubnet(length);
      const left = { prefixes, interfaces };
      for (const isInterface of order) {
        if (left.prefixes + left.interfaces === 0) break;
        if (left.prefixes === 0 || (isInterface && left.interfaces > 0))
          space.takeAddresses(1, (seed + 7919 * left.interfaces--).toString(16));
        else left.prefixes -= space.takePrefixes(1).length;
      }
    }),
    { numRuns: 300 },
  );
});
