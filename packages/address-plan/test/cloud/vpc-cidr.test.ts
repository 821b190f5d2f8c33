import { Prefix } from "../../src/prefix/index";
import { prefixReservations, reservedPrefixes, usablePrefixes, vpcCidrConflict } from "../../src/cloud/index";

test("the first and the last /28 of a subnet are not usable", () => {
  expect([24, 20, 18, 28].map(usablePrefixes)).toEqual([14, 254, 1022, 0]);
});

test("reservations for prefixes leave the first sixteenth of a subnet to single addresses", () => {
  const reservations = (cidr: string) => prefixReservations(Prefix.parse(cidr)).map(String);
  expect(reservations("10.0.0.0/22")).toEqual([
    "10.0.0.64/26",
    "10.0.0.128/25",
    "10.0.1.0/24",
    "10.0.2.0/23",
  ]);
  expect(reservations("10.0.0.0/26")).toEqual(["10.0.0.16/28", "10.0.0.32/27"]);
  expect(reservations("10.0.0.0/28")).toEqual([]);
  expect([22, 24, 26, 28].map(reservedPrefixes)).toEqual([59, 14, 2, 0]);
});

test.each([
  ["10.16.0.0/16", "100.64.0.0/16", undefined],
  ["10.16.0.0/16", "10.0.0.0/16", undefined],
  ["10.1.0.0/16", "10.0.0.0/24", "a VPC with a primary CIDR in 10.0.0.0/15 accepts no CIDR in 10.0.0.0/16"],
  [
    "10.16.0.0/16",
    "172.16.0.0/16",
    "a VPC with a primary CIDR in 10.0.0.0/8 accepts no CIDR in 172.16.0.0/12",
  ],
  [
    "172.20.0.0/16",
    "172.31.4.0/24",
    "a VPC with a primary CIDR in 172.16.0.0/12 accepts no CIDR in 172.31.0.0/16",
  ],
  [
    "192.168.0.0/20",
    "198.19.0.0/16",
    "a VPC with a primary CIDR in 192.168.0.0/16 accepts no CIDR in 198.19.0.0/16",
  ],
  [
    "203.0.0.0/16",
    "10.0.0.0/16",
    "a VPC with a primary CIDR outside the private ranges accepts no CIDR in 10.0.0.0/8",
  ],
  ["10.0.0.0/16", "169.254.0.0/16", "AWS reserves 169.254.0.0/16, so a VPC cannot have CIDRs in it"],
])("a VPC of %s and the CIDR %s: %s", (primary, additional, conflict) => {
  expect(vpcCidrConflict(Prefix.parse(primary), Prefix.parse(additional))).toBe(conflict);
});
