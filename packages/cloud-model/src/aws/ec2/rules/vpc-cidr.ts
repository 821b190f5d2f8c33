import { type CreateVpcRequest, type Tag } from "@aws-sdk/client-ec2";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { type IpamPool, visiblePool } from "../documents/ipam-pool";
import { invalidCombination, missing } from "../documents/refusals";
import { type Vpc, type VpcCidr, type VpcIpv6Cidr, vpcs } from "../documents/vpc";
import { readCidr } from "./cidr";
import { allocateTo, spaceForResource } from "./ipam-space";

/** A new CIDR of a VPC, and the pool that allocates it. */
interface NewCidr {
  readonly cidr: Prefix;
  readonly pool: IpamPool | undefined;
}

type WantedCidr = Pick<CreateVpcRequest, "CidrBlock" | "Ipv4IpamPoolId" | "Ipv4NetmaskLength">;

/** The new CIDR of a VPC with these tags. @throws ServiceError `InvalidVpc.Range` outside /16 to /28 */
export function newVpcCidr(context: RequestContext, wanted: WantedCidr, tags: readonly Tag[]): NewCidr {
  const { CidrBlock, Ipv4IpamPoolId, Ipv4NetmaskLength } = wanted;
  if (CidrBlock === undefined && Ipv4IpamPoolId === undefined) throw missing("cidrBlock");
  if (Ipv4NetmaskLength !== undefined && Ipv4IpamPoolId === undefined)
    throw invalidCombination("The parameter Ipv4NetmaskLength needs the parameter Ipv4IpamPoolId.");
  const pool = Ipv4IpamPoolId === undefined ? undefined : visiblePool(context, Ipv4IpamPoolId);
  const cidr = pool
    ? spaceForResource(context, pool, { cidr: CidrBlock, netmaskLength: Ipv4NetmaskLength }, tags)
    : readCidr(CidrBlock ?? "");
  if (linkLocal.overlaps(cidr)) throw restricted(cidr);
  if (cidr.family !== 4 || cidr.length < 16 || cidr.length > 28)
    throw new ServiceError("InvalidVpc.Range", `The CIDR '${cidr}' is invalid.`);
  return { cidr, pool };
}

/** The association of a CIDR with a VPC; its pool records the allocation. */
export function takeVpcCidr(context: RequestContext, vpcId: string, { cidr, pool }: NewCidr): VpcCidr {
  if (pool) allocateTo(context, pool, cidr, "vpc", vpcId);
  return { AssociationId: newAssociationId(context), CidrBlock: cidr.toString() };
}

/** The account's next Amazon-provided /56 in the Region. */
export function newVpcIpv6Cidr(context: RequestContext): VpcIpv6Cidr {
  const taken = new Set(
    vpcs.all(context).flatMap(({ Ipv6Cidrs }) => Ipv6Cidrs.map((cidr) => cidr.Ipv6CidrBlock)),
  );
  const amazonRange = Prefix.parse("2600:1f00::/24");
  const size = 1n << 72n;
  let block = Prefix.of(6, amazonRange.first, 56);
  while (taken.has(block.toString())) block = Prefix.of(6, block.first + size, 56);
  return { AssociationId: newAssociationId(context), Ipv6CidrBlock: block.toString() };
}

const newAssociationId = ({ transaction }: RequestContext): string => `vpc-cidr-assoc-${transaction.hex(17)}`;

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((cidr) => Prefix.parse(cidr));

const awsInternal = Prefix.parse("198.19.0.0/16");
const linkLocal = Prefix.parse("169.254.0.0/16");

/**
 * Checks an additional CIDR of a VPC. Source: Amazon VPC user guide, IPv4 CIDR block association restrictions: private
 * CIDRs are from the same range as the primary CIDR, 198.19.0.0/16 does not mix with other ranges, 169.254.0.0/16 is reserved, and two ranges are carved out for every
 * associated CIDR.
 *
 * @throws ServiceError `CidrConflict`, `InvalidVpc.Range`
 */
export function checkAdditionalCidr(vpc: Vpc, cidr: Prefix): void {
  const [primary = cidr] = vpc.Cidrs.map(({ CidrBlock }) => readCidr(CidrBlock));
  const overlapping = vpc.Cidrs.find(({ CidrBlock }) => readCidr(CidrBlock).overlaps(cidr));
  if (overlapping)
    throw new ServiceError(
      "CidrConflict",
      `The CIDR '${cidr}' conflicts with the CIDR '${overlapping.CidrBlock}' of the VPC '${vpc.VpcId}'.`,
    );
  const families = [...privateRanges, awsInternal];
  const [own, other] = [primary, cidr].map((block) => families.findIndex((range) => range.overlaps(block)));
  const carvedOut = (range: string, reserved: string) =>
    vpc.Cidrs.some(({ CidrBlock }) => Prefix.parse(range).contains(readCidr(CidrBlock))) &&
    Prefix.parse(reserved).overlaps(cidr);
  const isRestricted =
    linkLocal.overlaps(cidr) ||
    (other !== -1 && other !== own) ||
    carvedOut("10.0.0.0/15", "10.0.0.0/16") ||
    carvedOut("172.16.0.0/12", "172.31.0.0/16");
  if (isRestricted) throw restricted(cidr);
}

const restricted = (cidr: Prefix): ServiceError =>
  new ServiceError(
    "InvalidVpc.Range",
    `The CIDR '${cidr}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html`,
  );
