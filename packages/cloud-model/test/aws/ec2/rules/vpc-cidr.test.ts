import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { vpcCidrConflict } from "@cluster-ipam/address-plan/cloud";
import fc from "fast-check";
import { type Vpc } from "../../../../src/aws/ec2/documents/vpc";
import { checkAdditionalCidr } from "../../../../src/aws/ec2/rules/vpc-cidr";

/** Every range of AWS's table and its carve-outs, their neighbors, and public space. */
const RANGES = [
  ["10.0.0.0/15", "10.0.0.0/16", "10.2.0.0/15", "10.0.0.0/8", "11.0.0.0/8"],
  ["172.16.0.0/12", "172.31.0.0/16", "172.32.0.0/11"],
  ["192.168.0.0/16", "192.169.0.0/16", "198.18.0.0/16", "198.19.0.0/16", "198.20.0.0/16"],
  ["100.64.0.0/10", "100.128.0.0/10", "169.253.0.0/16", "169.254.0.0/16", "203.0.0.0/8"],
]
  .flat()
  .map((cidr) => Prefix.parse(cidr));

/** A /16 to /28 in one of the ranges. */
const vpcBlock = fc
  .record({ range: fc.constantFrom(...RANGES), length: fc.integer({ min: 16, max: 28 }), at: fc.nat() })
  .map(({ range, length, at }) =>
    Prefix.ipv4At(Number(range.first + (BigInt(at) % range.size)), Math.max(length, range.length)),
  );

const refuses = (primary: Prefix, additional: Prefix): boolean => {
  const vpc = { VpcId: "vpc-1", Cidrs: [{ AssociationId: "a", CidrBlock: String(primary) }] };
  try {
    checkAdditionalCidr(vpc as unknown as Vpc, additional);
    return false;
  } catch {
    return true;
  }
};

it("refuses the CIDRs that the address plan calls a conflict", () => {
  fc.assert(
    fc.property(vpcBlock, vpcBlock, (primary, additional) => {
      fc.pre(!primary.overlaps(additional));
      expect(vpcCidrConflict(primary, additional) !== undefined).toBe(refuses(primary, additional));
    }),
    { numRuns: 5_000 },
  );
});
