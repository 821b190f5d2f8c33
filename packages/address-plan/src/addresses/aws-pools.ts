import { type AllocatedBlock, type AllocatedSpace } from "../allocation/allocation";
import { VPC_CIDR } from "../cloud/vpc-cidr";
import { type IpamPoolPlan } from "./ipam-pool";

/** Default allocations are this many bits longer than the pool, so that 16 of them fit. */
const DEFAULT_ALLOCATION_BITS = 4;

/** The AWS IPAM pools of a space: the root pool, then Region, environment and application pools. */
export function awsPoolsOf(space: AllocatedSpace): IpamPoolPlan[] {
  const elsewhere = space.children.filter((child) => !child.key.startsWith("aws/"));
  const reservations = [
    ...space.reserved
      .filter(({ prefix }) => space.prefix.contains(prefix))
      .map(({ prefix, owner }) => ({ prefix, owner })),
    ...elsewhere.map(({ prefix, key }) => ({ prefix, owner: key })),
  ]
    .sort((a, b) => a.prefix.compare(b.prefix))
    .map(({ prefix, owner }) => ({ cidr: prefix.toString(), owner }));
  const root: IpamPoolPlan = {
    key: space.key,
    cidrs: [space.prefix.toString()],
    description: space.owner,
    reservations,
  };
  const regions = space.children.filter((child) => child.key.startsWith("aws/"));
  return [root, ...regions.flatMap((region) => regionPools(region, space.key))];
}

function regionPools(region: AllocatedBlock, root: string): IpamPoolPlan[] {
  const locale = region.key.split("/")[1]!.replace(/-pods$/, "");
  const content = root === "pods" ? " pods" : "";
  const pool = (block: AllocatedBlock, parent: string): IpamPoolPlan => ({
    key: block.key,
    parent,
    cidrs: [block.prefix.toString()],
    locale,
    description: `${block.owner}${content}${parent === root ? "" : ` in ${locale}`}`,
    reservations: [],
  });
  const environments = region.children.flatMap((block) => {
    const environment = block.owner;
    const applications = block.children.map((application) => ({
      ...pool(application, block.key),
      environment,
      rules: rulesOf(application, environment),
    }));
    return [{ ...pool(block, region.key), environment }, ...applications];
  });
  return [pool(region, root), ...environments];
}

function rulesOf({ prefix }: AllocatedBlock, environment: string): IpamPoolPlan["rules"] {
  const bounded = (length: number): number => Math.min(VPC_CIDR.smallest, Math.max(VPC_CIDR.largest, length));
  return {
    minNetmaskLength: bounded(prefix.length),
    maxNetmaskLength: VPC_CIDR.smallest,
    defaultNetmaskLength: bounded(prefix.length + DEFAULT_ALLOCATION_BITS),
    requiredTags: { environment },
  };
}
