import { Prefix } from "../../src/prefix/index";
import { usablePrefixes, vpcCidrConflict } from "../../src/cloud/index";

test("the first and the last /28 of a subnet are not usable", () => {
  expect([24, 20, 18, 28].map(usablePrefixes)).toEqual([14, 254, 1022, 0]);
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
