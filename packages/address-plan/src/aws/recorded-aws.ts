import { Prefix } from "../prefix/prefix";
import { type StackState } from "../states";
import { POOL_TAG } from "../states/occupied-cidrs";

/** A pool of the plan's IPAM, as a state has it. */
export interface IpamPool {
  readonly id: string;
  /** Region that lists its allocations: its locale, or the IPAM's home Region if it has none. */
  readonly region: string;
  readonly cidrs: readonly Prefix[];
  /** Id of the pool that its CIDRs come from. @default none, a root pool */
  readonly parent?: string;
  /** Whether it allocates to the subnets of a VPC. */
  readonly isPlanning: boolean;
}

/** A VPC, as a state has it. */
export interface RecordedVpc {
  readonly id: string;
  readonly cidrs: readonly Prefix[];
  /** Ids of the subnets that Terraform manages in it. */
  readonly subnets: readonly string[];
}

/** What states record of AWS, where its own lists may have more. */
export interface RecordedAws {
  readonly pools: readonly IpamPool[];
  readonly vpcs: readonly RecordedVpc[];
  /** The allocations that managed resources have: `<resource> <cidr>`, of a manual one `<pool> <cidr>`. */
  readonly allocations: ReadonlySet<string>;
  /** Why the states may lack the pools: the state of a stack without a cluster was not read. @default none */
  readonly gap?: string;
}

type Attributes = Readonly<Record<string, unknown>>;

/** By Terraform type: the attributes of the resource that has a CIDR, and of the CIDR. */
const holders: Readonly<Record<string, readonly [resource: string, cidr: string]>> = {
  aws_vpc: ["id", "cidr_block"],
  aws_vpc_ipv4_cidr_block_association: ["vpc_id", "cidr_block"],
  aws_subnet: ["id", "cidr_block"],
  aws_vpc_ipam_pool_cidr: ["ipam_pool_id", "cidr"],
  aws_vpc_ipam_pool_cidr_allocation: ["ipam_pool_id", "cidr"],
};

/** Reads what states record of AWS. */
export function recordedAws(states: readonly StackState[]): RecordedAws {
  const all = (type: string) => instancesOf(states, type);
  const cidrs = (type: string, id: unknown): Prefix[] => {
    const [resource, cidr] = holders[type]!;
    return all(type)
      .filter((attributes) => attributes[resource] === id)
      .flatMap((attributes) => prefixOf(attributes[cidr]));
  };
  const attached = "aws_vpc_ipv4_cidr_block_association";
  const vpcs = new Set([
    ...all("aws_vpc").map(({ id }) => String(id)),
    ...all(attached).map(({ vpc_id: id }) => String(id)),
  ]);
  const unread = states.find(
    ({ cluster, status }) => cluster === undefined && (status === "missing" || status === "unreadable"),
  );
  return {
    pools: all("aws_vpc_ipam_pool").flatMap((pool) =>
      poolOf(pool, cidrs("aws_vpc_ipam_pool_cidr", pool["id"])),
    ),
    vpcs: [...vpcs].map((id) => ({
      id,
      cidrs: [...cidrs("aws_vpc", id), ...cidrs(attached, id)],
      subnets: all("aws_subnet").flatMap((subnet) => (subnet["vpc_id"] === id ? [String(subnet["id"])] : [])),
    })),
    allocations: new Set(
      Object.entries(holders).flatMap(([type, [resource, cidr]]) =>
        all(type).map((attributes) => `${String(attributes[resource])} ${String(attributes[cidr])}`),
      ),
    ),
    ...(unread && { gap: `the state of ${unread.app}/${unread.stack} is ${unread.status}` }),
  };
}

/** The pool of the plan; none without a Region to ask, or without a key of the plan. */
function poolOf(attributes: Attributes, cidrs: readonly Prefix[]): IpamPool[] {
  const { id, locale, region, source_ipam_pool_id: parent, source_resource: planned, tags } = attributes;
  const listedIn = [locale, region].find((name) => typeof name === "string" && /^[a-z]{2}-/.test(name));
  if (listedIn === undefined || !(tags as Attributes | null | undefined)?.[POOL_TAG]) return [];
  return [
    {
      id: String(id),
      region: listedIn as string,
      cidrs,
      ...(typeof parent === "string" && { parent }),
      isPlanning: Array.isArray(planned) && planned.length > 0,
    },
  ];
}

function instancesOf(states: readonly StackState[], type: string): readonly Attributes[] {
  return states
    .flatMap(({ resources }) => resources)
    .filter((resource) => resource.mode === "managed" && resource.type === type)
    .flatMap(({ instances }) => instances);
}

function prefixOf(cidr: unknown): Prefix[] {
  // Unset, or a requested size such as /14.
  return typeof cidr === "string" && /^[^/]/.test(cidr) ? [Prefix.parse(cidr)] : [];
}
