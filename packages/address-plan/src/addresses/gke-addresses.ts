import { gkeKeys } from "../blocks/gke-blocks";
import { gkeCapacity } from "../capacity/gke-capacity";
import { type GoogleClusterDefinition } from "../demand/plan-definition";
import { Prefix } from "../prefix/prefix";
import { type BlockLookup } from "./block-lookup";
import { type Fence, type GkeClusterAddresses } from "./cluster-addresses";

/**
 * The addresses of a GKE cluster.
 *
 * @param fencesAround returns the fences around the cluster's own blocks
 */
export function gkeAddresses(
  name: string,
  cluster: GoogleClusterDefinition,
  { prefixOf, growth, privateRanges }: BlockLookup,
  fencesAround: (own: readonly Prefix[]) => readonly Fence[],
): GkeClusterAddresses {
  const { environment, region, nodes, pods, podsPerNode, growthPercent } = cluster;
  const keys = gkeKeys(name, cluster);
  const own = [keys.nodes, keys.controlPlane, keys.pods].map(prefixOf);
  const [nodeRange, controlPlane, podRange] = own.map(String);
  const demand = { nodes, pods, podsPerNode, growthPercent };
  const capacity = gkeCapacity({ name, demand, nodeRanges: [nodeRange!], podRanges: [podRange!] });
  return {
    cloud: "google",
    name,
    key: name,
    environment,
    region,
    zones: [...cluster.zones].sort(),
    demand,
    capacity,
    nodes: nodeRange!,
    controlPlane: controlPlane!,
    pods: podRange!,
    privateRanges,
    furtherPods: [],
    furtherSubnets: [],
    growth,
    retired: [],
    defaultPodsPerNode: podsPerNode,
    fences: fencesAround([...own, ...growth.map(({ cidr }) => Prefix.parse(cidr))]),
  };
}
