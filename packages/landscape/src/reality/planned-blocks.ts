import {
  type ClusterAddresses,
  type EksClusterAddresses,
  type GkeClusterAddresses,
} from "@cluster-ipam/address-plan";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type ExistingRange } from "../landscape/existing-range";
import { rangeLabel } from "../landscape/landscape-builder";
import { type Difference } from "./difference";
import { type ExistingNetworks } from "./existing-networks";

/** What the comparison finds of the plan's clusters. */
export interface ComparedClusters {
  readonly differences: readonly Difference[];
  /** The networks that are the plan's. */
  readonly networks: ReadonlySet<string>;
  /** The ranges that are the plan's. */
  readonly ranges: ReadonlySet<ExistingRange>;
}

/** Collects what is found. */
class Comparison {
  readonly differences: Difference[] = [];
  readonly networks = new Set<string>();
  readonly ranges = new Set<ExistingRange>();

  constructor(
    readonly existing: ExistingNetworks,
    /** CIDRs that something proves to have been deployed. */
    private readonly deployed: ReadonlySet<string>,
  ) {}

  /** A planned block that does not exist: it is gone, or was never deployed. */
  missing(subject: string, key: string, cidr: string, isCertain = false): void {
    const gone = isCertain || this.deployed.has(cidr);
    this.differences.push({
      ...{ key, cidr, subject, kind: gone ? "gone" : "not-deployed" },
      message: gone ? `${cidr} was deployed and does not exist any more` : `${cidr} does not exist yet`,
    });
  }

  add(
    kind: Difference["kind"],
    subject: string,
    key: string | undefined,
    cidr: string,
    message: string,
  ): void {
    this.differences.push({ kind, subject, cidr, message, ...(key !== undefined && { key }) });
  }
}

/**
 * Compares the clusters of the plan with what exists.
 *
 * @param deployed CIDRs that states or earlier snapshots prove to have existed
 * @param adopted clusters that were there before the plan
 */
export function compareClusters(
  clusters: readonly ClusterAddresses[],
  existing: ExistingNetworks,
  deployed: ReadonlySet<string>,
  adopted: ReadonlySet<string>,
): ComparedClusters {
  const comparison = new Comparison(existing, deployed);
  for (const cluster of clusters)
    if (!existing.isSeen(cluster.cloud, cluster.region))
      comparison.differences.push({
        ...{ kind: "unseen", subject: cluster.key },
        message: `nothing of ${cluster.cloud} ${cluster.region} was seen`,
      });
    else if (cluster.cloud === "aws") compareEks(comparison, cluster, adopted.has(cluster.key));
    else compareGke(comparison, cluster);
  return comparison;
}

function compareEks(comparison: Comparison, cluster: EksClusterAddresses, adopted: boolean): void {
  const { existing } = comparison;
  const key = `${cluster.pool}/${cluster.key}`;
  const planned = Prefix.parse(cluster.vpc);
  const vpc = existing.vpc(cluster.name, cluster.region, planned);
  if (vpc === undefined) return comparison.missing(`VPC of ${cluster.key}`, key, cluster.vpc, adopted);
  comparison.networks.add(vpc.id);
  comparison.ranges.add(vpc);
  if (!vpc.prefix.equals(planned)) {
    const kind = vpc.prefix.contains(planned) ? "larger" : "elsewhere";
    return comparison.add(
      kind,
      `VPC of ${cluster.key}`,
      key,
      cluster.vpc,
      `${vpc.id} has ${vpc.prefix}, and the plan ${cluster.vpc}`,
    );
  }
  compareCidrs(comparison, cluster, vpc);
  compareSubnets(comparison, cluster, vpc, adopted);
}

function compareCidrs(comparison: Comparison, cluster: EksClusterAddresses, vpc: ExistingRange): void {
  const attached = comparison.existing.furtherCidrs(vpc.id);
  const wanted = [...cluster.nodeCidrs, ...cluster.podCidrs, ...cluster.growth];
  for (const { name, cidr, pool } of wanted) {
    const found = attached.filter(({ prefix }) => Prefix.parse(cidr).contains(prefix));
    for (const range of found) comparison.ranges.add(range);
    if (found.length === 0)
      comparison.missing(
        `${name} of ${cluster.key}`,
        `${pool}/${cluster.key}/${name.replace(/-(\d+)$/, "#$1")}`,
        cidr,
      );
  }
  const drawn = cluster.sharedGrowth.map(({ cidr }) => Prefix.parse(cidr));
  for (const range of attached) {
    if (drawn.some((cidr) => cidr.contains(range.prefix))) comparison.ranges.add(range);
    if (comparison.ranges.has(range)) continue;
    comparison.add(
      "unplanned",
      `VPC of ${cluster.key}`,
      undefined,
      String(range.prefix),
      `${vpc.id} has ${range.prefix}, which the plan does not have`,
    );
  }
}

function compareSubnets(
  comparison: Comparison,
  cluster: EksClusterAddresses,
  vpc: ExistingRange,
  adopted: boolean,
): void {
  const subnets = comparison.existing.subnets(vpc.id);
  const byCidr = new Map(subnets.map((subnet) => [String(subnet.prefix), subnet]));
  const sets = [
    { name: "public", subnets: cluster.publicSubnets },
    { name: "control-plane", subnets: cluster.controlPlaneSubnets },
    ...cluster.nodes,
    ...cluster.pods,
  ];
  for (const { name, subnets: planned } of sets)
    for (const { zone, cidr } of planned) {
      const subject = `${name} of ${cluster.key} in ${zone}`;
      const key = `${cluster.key}/${name}/${zone}`;
      const found = byCidr.get(cidr);
      byCidr.delete(cidr);
      if (found === undefined) comparison.missing(subject, key, cidr);
      else if (found.zone !== zone)
        comparison.add("elsewhere", subject, key, cidr, `${found.id} is in ${found.zone}`);
    }
  // The subnet autoscaler creates subnets in growth space, and an adopted VPC has others that stay.
  const growth = [...cluster.growth, ...cluster.sharedGrowth].map(({ cidr }) => Prefix.parse(cidr));
  for (const [cidr, { id, prefix }] of byCidr)
    if (!adopted && !growth.some((own) => own.contains(prefix)))
      comparison.add(
        "unplanned",
        `VPC of ${cluster.key}`,
        undefined,
        cidr,
        `the subnet ${id} has ${cidr}, which the plan does not have`,
      );
}

function compareGke(comparison: Comparison, cluster: GkeClusterAddresses): void {
  comparePrimary(comparison, cluster, "nodes", cluster.nodes, [cluster.pods]);
  for (const { name, nodes, pods } of cluster.furtherSubnets)
    comparePrimary(comparison, cluster, name, nodes, [pods.cidr]);
}

function comparePrimary(
  comparison: Comparison,
  cluster: GkeClusterAddresses,
  name: string,
  nodes: string,
  pods: readonly string[],
): void {
  const { existing } = comparison;
  const planned = Prefix.parse(nodes);
  const found = existing
    .googleRanges("subnet", cluster.region)
    .find(({ prefix }) => prefix.overlaps(planned));
  const subject = `${name} of ${cluster.key}`;
  if (found === undefined) return comparison.missing(subject, `${cluster.key}/${name}`, nodes);
  comparison.ranges.add(found);
  if (!found.prefix.equals(planned))
    comparison.add(
      found.prefix.contains(planned) ? "larger" : "elsewhere",
      subject,
      undefined,
      nodes,
      `${rangeLabel(found)} has ${found.prefix}, and the plan ${nodes}`,
    );
  const secondary = existing
    .googleRanges("secondary-range", cluster.region)
    .filter(({ subnet }) => subnet === found.id);
  for (const range of secondary) comparison.ranges.add(range);
  for (const cidr of pods)
    if (!secondary.some(({ prefix }) => prefix.equals(Prefix.parse(cidr))))
      comparison.missing(`pods of ${cluster.key}`, `${cluster.key}/pods`, cidr);
}
