import fc from "fast-check";

import { fragmentation, FreePrefixes } from "../../../src/runtime/network/free-prefixes";

const address = (offset: number): string => `10.1.${Math.floor(offset / 256)}.${offset % 256}`;

test("a /28 block is free if no address, prefix or reserved address touches it", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 4, max: 1022 }), { maxLength: 60 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 40 }),
      (addresses, prefixes) => {
        const subnet = new FreePrefixes("10.1.0.0/22");
        for (const offset of addresses) subnet.addAddress(address(offset));
        for (const block of prefixes) subnet.addPrefix(`${address(block * 16)}/28`);
        const touched = new Set([0, 63, ...prefixes, ...addresses.map((offset) => offset >> 4)]);
        expect(subnet.free).toBe(64 - touched.size);
        expect(subnet.unusedAddresses).toBe(1024 - 5 - addresses.length - 16 * prefixes.length);
      },
    ),
  );
});

test("CIDR reservations and AWS-reserved addresses make blocks unusable", () => {
  const subnet = new FreePrefixes("10.1.0.0/24");
  expect(subnet.free).toBe(14);
  subnet.addReservation("10.1.0.128/25");
  expect(subnet.free).toBe(7);
  expect(new FreePrefixes("10.1.0.0/28").free).toBe(0);
});

test("fragmentation is the share of the free addresses that no prefix can use", () => {
  expect(fragmentation(10, 160)).toBe(0);
  expect(fragmentation(5, 160)).toBe(0.5);
  expect(fragmentation(0, 160)).toBe(1);
  expect(fragmentation(0, 0)).toBe(0);
});
