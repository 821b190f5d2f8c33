import { type AllocatedBlock, type AllocatedSpace } from "../allocation/allocation";
import { type IpamPoolPlan } from "./ipam-pool";

/** The netmask lengths of a VPC's CIDRs (VPC: "VPC CIDR blocks"). */
const VPC_CIDR = { largest: 16, smallest: 28 } as const;
/** How much smaller than its pool a CIDR is where nobody says a size: 16 of them fit. */
const DEFAULT_SHARE = 4;

/** The AWS IPAM pools of a space: the root, then Region, environment and application pools. */
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
    defaultNetmaskLength: bounded(prefix.length + DEFAULT_SHARE),
    requiredTags: { environment },
  };
}
