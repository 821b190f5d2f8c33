import { type PlanDefinition, vpcCidrConflict, type ZoneSubnet } from "@cluster-ipam/address-plan";
import { poolSettings } from "@cluster-ipam/address-plan/adoption";
import { type Prefix } from "@cluster-ipam/address-plan/prefix";
import { type ExistingCluster } from "../landscape/existing-cluster";
import { type ExistingRange } from "../landscape/existing-range";
import { type Landscape } from "../landscape/landscape";
import { type AdoptedBlock, type Candidate } from "./candidate";
import { eksDemand } from "./eks-demand";
import { type Finding } from "./finding";
import { type ExistingRole, subnetRoles } from "./subnet-roles";

/** What becomes a cluster of the plan: a VPC, and the EKS cluster in it if there is one. */
export interface ChosenVpc {
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  /** Its CIDRs. */
  readonly vpc: readonly ExistingRange[];
  readonly cluster: ExistingCluster | undefined;
}

/**
 * The blocks and the demand of an existing VPC. Nothing moves: sizes, zones and places are what they are.
 *
 * @returns the candidate, or why the plan cannot manage the VPC
 */
export function eksCandidate(
  chosen: ChosenVpc,
  landscape: Landscape,
  plan: PlanDefinition,
): Candidate | Finding {
  const { name, environment, region, vpc, cluster } = chosen;
  const [primary] = vpc.filter((range) => range.primary);
  const refused = (message: string): Finding => ({ kind: "not-adopted", subject: name, message });
  if (primary === undefined)
    return refused("its VPC's primary CIDR is not known; add the output of describe-vpcs");
  const { nodesFrom, podsFrom } = poolSettings(plan, environment, "aws") ?? {
    nodesFrom: "primary",
    podsFrom: "pods",
  };
  const nodeSpace = plan.spaces[nodesFrom] ?? [];
  const podSpace = plan.spaces[podsFrom] ?? [];
  if (!isIn(primary.prefix, nodeSpace))
    return refused(
      `its VPC has ${primary.prefix}, and the space ${nodesFrom} is ${nodeSpace.join(", ")}; add ${primary.prefix} to spaces.${nodesFrom}`,
    );
  const subnets = landscape.ranges.filter((range) => range.kind === "subnet" && range.network === primary.id);
  const roles = subnetRoles(vpc, subnets, cluster);
  const { blocks, findings } = blocksOf({ name, vpc, subnets, roles, primary, nodeSpace, podSpace });
  const inRole = (role: string): ZoneSubnet[] =>
    blocks.flatMap((block) =>
      block.role === role && block.zone !== undefined
        ? [{ zone: block.zone, cidr: block.prefix.toString() }]
        : [],
    );
  const zones = [...new Set(inRole("nodes").map(({ zone }) => zone))].sort();
  if (zones.length < 2)
    return refused(
      `it has node subnets in ${zones.length === 0 ? "no zone" : `one zone (${zones[0]})`}, and EKS needs two; add the output of describe-subnets if there are more`,
    );
  const most = cluster?.nodes.reduce((sum, nodes) => sum + nodes.most, 0);
  const types = cluster?.nodes.flatMap(({ instanceType }) => instanceType ?? []) ?? [];
  const definition = eksDemand(
    { environment, region },
    { zones, nodes: inRole("nodes"), pods: inRole("pods") },
    most === 0 ? undefined : most,
    types[0],
  );
  const held = Math.min(most ?? 0, definition.nodes) < (most ?? 0);
  return {
    ...{ name, cloud: "aws", environment, region, network: primary.id, owner: primary.owner, blocks },
    definition: { ...definition, vpcCidrQuota: Math.max(5, vpc.length) },
    routeTables: routeTablesOf(subnets, roles, landscape),
    tags: Object.fromEntries(
      [
        primary,
        ...subnets.filter(({ id }) => blocks.some((block) => block.id === id && block.role !== "existing")),
      ].map(({ id, tags }) => [id, ownTags(tags)]),
    ),
    findings: [
      ...findings,
      ...(held
        ? [
            adoptedWith(
              name,
              `its node groups scale to ${most} nodes, and its subnets hold ${definition.nodes}; set clusters.${name}.nodes to ${most} to get more subnets`,
            ),
          ]
        : []),
      ...(types.length === 0
        ? [
            adoptedWith(
              name,
              `the instance type of its nodes is not known, and ${definition.instanceType} is assumed; set clusters.${name}.instanceType`,
            ),
          ]
        : []),
    ],
  };
}

interface VpcParts {
  readonly name: string;
  readonly vpc: readonly ExistingRange[];
  readonly subnets: readonly ExistingRange[];
  readonly roles: ReadonlyMap<string, ExistingRole>;
  readonly primary: ExistingRange;
  readonly nodeSpace: readonly Prefix[];
  readonly podSpace: readonly Prefix[];
}

function blocksOf({ name, vpc, subnets, roles, primary, nodeSpace, podSpace }: VpcParts) {
  const blocks: AdoptedBlock[] = [];
  const findings: Finding[] = [];
  const numbers = new Map<string, number>();
  const add = (
    role: string,
    zone: string | undefined,
    pool: AdoptedBlock["pool"],
    { prefix }: ExistingRange,
    id: string,
  ) => {
    const key = `${role} ${zone}`;
    const number = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, number);
    blocks.push({ role, number, pool, prefix, id, ...(zone !== undefined && { zone }) });
  };
  for (const cidr of [primary, ...vpc.filter((range) => range !== primary)]) {
    const inside = subnets.filter(({ prefix }) => cidr.prefix.contains(prefix));
    const isForPods =
      cidr !== primary && inside.length > 0 && inside.every(({ id }) => roles.get(id) === "pods");
    const place =
      isForPods && isIn(cidr.prefix, podSpace) ? "pods" : isIn(cidr.prefix, nodeSpace) ? "nodes" : undefined;
    const conflict = cidr === primary ? undefined : vpcCidrConflict(primary.prefix, cidr.prefix);
    if (conflict !== undefined)
      findings.push({
        kind: "vpc-cidrs",
        subject: name,
        message: `${cidr.prefix} is attached, but AWS would not attach it today: ${conflict}; the plan leaves it as it is`,
      });
    if (place === undefined || conflict !== undefined || (cidr !== primary && inside.length === 0)) {
      const why =
        inside.length === 0
          ? "has no subnets"
          : place === undefined
            ? "is in no space for it"
            : "cannot be planned";
      findings.push(adoptedWith(name, `its CIDR ${cidr.prefix} ${why}, and is reserved`));
      continue;
    }
    add(
      place === "pods" ? "pods" : "vpc",
      undefined,
      place,
      cidr,
      cidr === primary ? cidr.id : (cidr.association ?? cidr.id),
    );
    for (const subnet of inside) {
      const role = roles.get(subnet.id)!;
      const isOnly =
        role === "nodes" || (role === "pods" && place === "pods") || !numbers.has(`${role} ${subnet.zone}`);
      // Only nodes and pods have several sets. Pods beside nodes have no CIDR of their own, which the plan would grow.
      const planned = role === "pods" && place !== "pods" ? "existing" : isOnly ? role : "existing";
      add(planned, subnet.zone, place, subnet, subnet.id);
    }
  }
  return { blocks, findings };
}

function routeTablesOf(
  subnets: readonly ExistingRange[],
  roles: ReadonlyMap<string, ExistingRole>,
  { routeTables }: Landscape,
): Readonly<Record<string, string>> {
  const byZone = new Map<string, string>();
  for (const wanted of ["pods", "nodes"])
    for (const { id, zone } of subnets) {
      const table = routeTables.get(id);
      if (roles.get(id) === wanted && zone !== undefined && table !== undefined && !byZone.has(zone))
        byZone.set(zone, table);
    }
  return Object.fromEntries([...byZone].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** AWS sets tags that begin with `aws:`, and refuses them from others. */
function ownTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:")));
}

function adoptedWith(subject: string, message: string): Finding {
  return { kind: "adopted-with", subject, message };
}

function isIn(prefix: Prefix, space: readonly Prefix[]): boolean {
  return space.some((cidr) => cidr.contains(prefix));
}
