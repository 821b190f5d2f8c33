import { gkeCapacity } from "../capacity/gke-capacity";
import { type GoogleClusterDefinition } from "../demand/plan-definition";
import { type GkeClusterAddresses, type GkeSubnetAddresses, type NamedBlock } from "./cluster-addresses";
import { namedBlock, namedBlocks, rangesOf } from "./cluster-blocks";
import { type ClusterContext } from "./cluster-context";

/** The addresses of a GKE cluster. @param key its name in the plan */
export function gkeAddresses(
  key: string,
  cluster: GoogleClusterDefinition,
  { name, blocks, privateRanges, fencesAround }: ClusterContext,
): GkeClusterAddresses {
  const { environment, region, nodes, pods, podsPerNode, growthPercent } = cluster;
  const [controlPlane] = namedBlocks(blocks, "control-plane") as [NamedBlock];
  const [ownNodes, ...furtherNodes] = namedBlocks(blocks, "nodes") as [NamedBlock, ...NamedBlock[]];
  const [ownPods, ...otherPods] = namedBlocks(blocks, "pods") as [NamedBlock, ...NamedBlock[]];
  const furtherSubnets = furtherNodes.map((range): GkeSubnetAddresses => {
    const number = range.name.slice("nodes".length);
    const podRange = otherPods.find((other) => other.name === `pods${number}`)!;
    return {
      name: range.name,
      nodes: range.cidr,
      pods: podRange,
      ...(range.state !== undefined && { state: range.state }),
    };
  });
  const furtherPods = otherPods.filter((range) => !furtherSubnets.some((subnet) => subnet.pods === range));
  const growth = namedBlocks(blocks, "growth");
  const demand = { nodes, pods, podsPerNode, growthPercent };
  const inUse = (ranges: readonly NamedBlock[]) =>
    ranges.filter(({ state }) => state === undefined).map(({ cidr }) => cidr);
  const capacity = gkeCapacity({
    name: key,
    demand,
    nodeRanges: inUse([ownNodes, ...furtherNodes]),
    podRanges: inUse([ownPods, ...otherPods]),
  });
  const [first] = rangesOf(blocks, "pods");
  return {
    cloud: "google",
    name,
    key,
    environment,
    region,
    zones: [...cluster.zones].sort(),
    demand,
    capacity,
    autopilot: cluster.autopilot,
    nodes: ownNodes.cidr,
    controlPlane: controlPlane.cidr,
    pods: ownPods.cidr,
    privateRanges,
    furtherPods,
    furtherSubnets,
    growth,
    retired: blocks.filter(({ block }) => block.state === "retired").map(namedBlock),
    defaultPodsPerNode: first?.block.podsPerNode ?? podsPerNode,
    fences: fencesAround(blocks.map(({ block }) => block.prefix)),
  };
}
