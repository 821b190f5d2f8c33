import { type CreateSubnetRequest, type Tag } from "@aws-sdk/client-ec2";
import { type Prefix } from "@cluster-ipam/address-plan/prefix";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { type Zone, zonesOf } from "../../regions";
import { type IpamPool, visiblePool } from "../documents/ipam-pool";
import { invalidCombination, invalidValue, missing } from "../documents/refusals";
import { type Subnet } from "../documents/subnet";
import { type Vpc } from "../documents/vpc";
import { blockOf, readCidr } from "./cidr";
import { spaceForResource } from "./ipam-space";

/** The CIDRs and the zone of a new subnet. */
interface SubnetSpace {
  readonly cidr: Prefix;
  /** The resource planning pool that allocates the CIDR. */
  readonly pool: IpamPool | undefined;
  readonly ipv6: Prefix | undefined;
  readonly zone: Zone;
}

/**
 * Finds the CIDRs and the zone of a new subnet.
 *
 * @param siblings the other subnets of the VPC
 * @throws ServiceError `InvalidSubnet.Range` outside the VPC's CIDRs or outside /16 to /28, `InvalidSubnet.Conflict` if
 * another subnet overlaps
 */
export function newSubnetSpace(
  context: RequestContext,
  vpc: Vpc,
  siblings: readonly Subnet[],
  input: CreateSubnetRequest,
  tags: readonly Tag[],
): SubnetSpace {
  const zone = zoneOf(context, input);
  const pool = input.Ipv4IpamPoolId === undefined ? undefined : visiblePool(context, input.Ipv4IpamPoolId);
  const cidr = pool ? fromPool(context, vpc, pool, input, tags) : explicit(input);
  const within = vpc.Cidrs.some(({ CidrBlock }) => readCidr(CidrBlock).contains(cidr));
  if (!within || cidr.length < 16 || cidr.length > 28) throw outOfRange(cidr);
  if (siblings.some((sibling) => blockOf(sibling).overlaps(cidr))) throw conflict(cidr);
  return { cidr, pool, ipv6: ipv6Of(vpc, siblings, input), zone };
}

function explicit({ CidrBlock, Ipv4NetmaskLength, Ipv6Native }: CreateSubnetRequest): Prefix {
  if (Ipv4NetmaskLength !== undefined)
    throw invalidCombination("The parameter Ipv4NetmaskLength needs the parameter Ipv4IpamPoolId.");
  if (Ipv6Native)
    throw new ServiceError("UnsupportedOperation", "The sandbox does not model subnets without IPv4.");
  if (CidrBlock === undefined) throw missing("cidrBlock");
  return readCidr(CidrBlock);
}

function fromPool(
  context: RequestContext,
  vpc: Vpc,
  pool: IpamPool,
  { CidrBlock, Ipv4NetmaskLength }: CreateSubnetRequest,
  tags: readonly Tag[],
): Prefix {
  if (pool.SourceResource?.ResourceId !== vpc.VpcId)
    throw invalidValue(
      `The IPAM pool ${pool.IpamPoolId} is not a resource planning pool of the VPC ${vpc.VpcId}.`,
    );
  return spaceForResource(context, pool, { cidr: CidrBlock, netmaskLength: Ipv4NetmaskLength }, tags);
}

function ipv6Of(
  vpc: Vpc,
  siblings: readonly Subnet[],
  { Ipv6CidrBlock }: CreateSubnetRequest,
): Prefix | undefined {
  if (Ipv6CidrBlock === undefined) return undefined;
  const cidr = readCidr(Ipv6CidrBlock, "ipv6CidrBlock");
  const within = vpc.Ipv6Cidrs.some((range) => readCidr(range.Ipv6CidrBlock).contains(cidr));
  if (!within || cidr.length < 44 || cidr.length > 64 || cidr.length % 4 !== 0) throw outOfRange(cidr);
  if (siblings.some((other) => other.Ipv6CidrBlock && readCidr(other.Ipv6CidrBlock).overlaps(cidr)))
    throw conflict(cidr);
  return cidr;
}

function zoneOf(
  { caller }: RequestContext,
  { AvailabilityZone, AvailabilityZoneId }: CreateSubnetRequest,
): Zone {
  const zones = zonesOf(caller.region);
  const unknown = (value: string, parameter: string, names: readonly string[]) =>
    invalidValue(
      `Value (${value}) for parameter ${parameter} is invalid. Subnets can currently only be created in the following availability zones: ${names.join(", ")}.`,
    );
  if (AvailabilityZone !== undefined && AvailabilityZoneId !== undefined)
    throw invalidCombination("Only one of AvailabilityZone and AvailabilityZoneId may be given.");
  const zone = zones.find(({ name, id }) =>
    AvailabilityZoneId === undefined ? name === (AvailabilityZone ?? name) : id === AvailabilityZoneId,
  );
  if (zone) return zone;
  throw AvailabilityZoneId === undefined
    ? unknown(
        AvailabilityZone ?? "",
        "availabilityZone",
        zones.map(({ name }) => name),
      )
    : unknown(
        AvailabilityZoneId,
        "availabilityZoneId",
        zones.map(({ id }) => id),
      );
}

const outOfRange = (cidr: Prefix): ServiceError =>
  new ServiceError("InvalidSubnet.Range", `The CIDR '${cidr}' is invalid.`);

const conflict = (cidr: Prefix): ServiceError =>
  new ServiceError("InvalidSubnet.Conflict", `The CIDR '${cidr}' conflicts with another subnet`);
