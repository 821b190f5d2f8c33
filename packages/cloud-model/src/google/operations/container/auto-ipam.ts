import { GKE_ADDITIONAL_SUBNETS, PRIMARY_RANGE_RESERVED } from "@cluster-ipam/address-plan/cloud";
import { identifier } from "../../../store/identifier";
import { type RequestContext } from "../../../request-context";
import { type Cluster, putCluster } from "../../documents/cluster";
import { poolsOn } from "../../documents/node-pool";
import { projectOf, subnetworkPath } from "../../documents/resource-path";
import { removeSubnetwork, type Subnetwork, subnetworkOf } from "../../documents/subnetwork";
import { chosenRange, podRangeLengths } from "../../rules/chosen-range";
import { type NodeDemand, type Placement, room } from "../../rules/node-placement";
import { saveSubnetwork } from "../compute/subnetworks";
import { addGkeRange } from "./gke-ranges";

/** Netmask length of the smallest primary range. */
const SMALLEST_SUBNET = 29;

/** Demand of a new pool that fits into no range of its cluster. */
export interface NewPoolDemand extends NodeDemand {
  /** Nodes it may grow to: its range is made for so many where the network has space, because it never grows. */
  readonly most: number;
}

/**
 * Auto IPAM: adds a pod range for a new node pool, to a subnetwork of the cluster that has addresses for the nodes,
 * else to a new subnetwork. GKE never does so for an existing pool.
 *
 * @returns undefined when the network has no space left, or the cluster no further subnetwork
 */
export function makeRoom(
  context: RequestContext,
  cluster: Cluster,
  demand: NewPoolDemand,
): Placement | undefined {
  const { transaction } = context;
  const roomy = roomySubnet(context, cluster, demand);
  const subnetwork = roomy ?? addSubnet(context, cluster, demand);
  if (!subnetwork) return undefined;
  const lengths = podRangeLengths(demand.maxPodsPerNode, demand.most, demand.nodes);
  const pods = chosenRange(transaction, cluster.network, lengths, `${cluster.id}/pods`);
  if (!pods) return undefined;
  const placement = addGkeRange(context, cluster, subnetwork, String(pods), "pool");
  const added = placement.podRange.name;
  const subnets = roomy
    ? cluster.subnets.map((subnet) =>
        subnet.subnetwork === roomy.id ? { ...subnet, podRanges: [...subnet.podRanges, added] } : subnet,
      )
    : [...cluster.subnets, { subnetwork: subnetwork.id, podRanges: [added] }];
  putCluster(transaction, { ...cluster, subnets });
  return placement;
}

/** A subnetwork of the cluster that has addresses for the nodes and may get another range. */
function roomySubnet(
  { transaction, quotas }: RequestContext,
  cluster: Cluster,
  demand: NodeDemand,
): Subnetwork | undefined {
  return cluster.subnets
    .flatMap(({ subnetwork }) => subnetworkOf(transaction, subnetwork) ?? [])
    .filter(({ secondary }) => secondary.length < quotas.secondaryRangesPerSubnetwork)
    .find((subnetwork) => room(transaction, { subnetwork }, demand.maxPodsPerNode) >= demand.nodes);
}

function addSubnet(context: RequestContext, cluster: Cluster, demand: NewPoolDemand): Subnetwork | undefined {
  if (cluster.subnets.length > GKE_ADDITIONAL_SUBNETS) return undefined;
  const length = (nodes: number) =>
    Math.min(SMALLEST_SUBNET, 32 - Math.ceil(Math.log2(nodes + PRIMARY_RANGE_RESERVED)));
  const seed = `${cluster.id}/nodes`;
  const lengths = [length(demand.most), length(demand.nodes)];
  const cidr = chosenRange(context.transaction, cluster.network, lengths, seed);
  if (!cidr) return undefined;
  const name = `gke-${cluster.name}-subnet-${identifier(`${seed}/${cidr}`, 8)}`;
  const { region, network, id: madeBy } = cluster;
  const project = projectOf(network);
  const id = subnetworkPath.format({ project, region, name });
  const made = { id, project, region, name, network, cidr: String(cidr), secondary: [], madeBy };
  return saveSubnetwork(context, undefined, made);
}

/** Removes the subnetworks and pod ranges that GKE added for node pools and that no pool uses any more. */
export function dropUnused(context: RequestContext, cluster: Cluster): void {
  const { transaction } = context;
  const subnets = cluster.subnets.flatMap((subnet, i) => {
    const subnetwork = subnetworkOf(transaction, subnet.subnetwork)!;
    const pools = poolsOn(transaction, subnetwork.id);
    if (i > 0 && subnetwork.madeBy === cluster.id && pools.length === 0) return [];
    const unused = subnetwork.secondary.filter(
      ({ name, madeBy, purpose }) =>
        madeBy === cluster.id && purpose === "pool" && !pools.some(({ podRange }) => podRange === name),
    );
    return [{ subnet, subnetwork, unused: unused.map(({ name }) => name) }];
  });
  const left = subnets.map(({ subnet, unused }) => ({
    ...subnet,
    podRanges: subnet.podRanges.filter((name) => !unused.includes(name)),
  }));
  putCluster(transaction, { ...cluster, subnets: left });
  for (const { subnetwork, unused } of subnets)
    if (unused.length > 0)
      saveSubnetwork(context, subnetwork, {
        ...subnetwork,
        secondary: subnetwork.secondary.filter(({ name }) => !unused.includes(name)),
      });
  for (const { subnetwork: id } of cluster.subnets)
    if (!left.some(({ subnetwork }) => subnetwork === id)) removeSubnetwork(transaction, id);
}
