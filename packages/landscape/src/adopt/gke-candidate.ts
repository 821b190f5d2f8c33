import { GKE_PODS_PER_NODE, nodesPerPodRange, type PlanDefinition } from "@cluster-ipam/address-plan";
import {
  GKE_SURGE_PER_ZONE,
  type GoogleClusterDefinition,
  nodesInRange,
  poolSettings,
} from "@cluster-ipam/address-plan/adoption";
import { type ExistingCluster } from "../landscape/existing-cluster";
import { type Landscape } from "../landscape/landscape";
import { type AdoptedBlock, type Candidate } from "./candidate";
import { type Finding } from "./finding";

/**
 * The blocks and the demand of a GKE cluster.
 *
 * @returns the candidate, or why the plan cannot manage the cluster
 */
export function gkeCandidate(
  cluster: ExistingCluster,
  name: string,
  environment: string,
  landscape: Landscape,
  plan: PlanDefinition,
): Candidate | Finding {
  const refused = (message: string): Finding => ({ kind: "not-adopted", subject: name, message });
  if (cluster.mode === "routes-based")
    return refused(
      "it is routes-based, and the plan manages VPC-native clusters; migrate its workloads to a new cluster",
    );
  const ranges = landscape.ranges.filter(({ network }) => network === cluster.network);
  const [subnet] = cluster.subnets;
  const nodes = ranges.find(({ kind, id }) => kind === "subnet" && id === subnet);
  const pods = ranges.find(
    (range) => range.kind === "secondary-range" && range.subnet === subnet && range.id === cluster.podRange,
  );
  if (nodes === undefined || pods === undefined)
    return refused(
      `its subnetwork ${subnet} is not known; add the output of gcloud compute networks subnets list of its project`,
    );
  const { nodesFrom, podsFrom } = poolSettings(plan, environment, "google") ?? {
    nodesFrom: "primary",
    podsFrom: "primary",
  };
  for (const [space, range] of [
    [nodesFrom, nodes],
    [podsFrom, pods],
  ] as const)
    if (!(plan.spaces[space] ?? []).some((cidr) => cidr.contains(range.prefix)))
      return refused(
        `it has ${range.prefix}, and the space ${space} is ${plan.spaces[space]?.join(", ") ?? "not there"}; add ${range.prefix} to spaces.${space}`,
      );
  const controlPlane = ranges.find(
    ({ kind, name: own, owner, prefix }) =>
      kind === "control-plane" &&
      own === cluster.name &&
      owner === cluster.owner &&
      prefix.length === 28 &&
      (plan.spaces[nodesFrom] ?? []).some((cidr) => cidr.contains(prefix)),
  );
  const block = (role: string, pool: AdoptedBlock["pool"], range: typeof nodes): AdoptedBlock => ({
    ...{ role, pool, number: 1, prefix: range.prefix, id: range.id },
  });
  const definition = gkeDemand(cluster, environment, nodes.prefix.length, pods.prefix.length);
  if (definition === undefined)
    return refused(
      `its pod range ${pods.prefix} has no room for one node in each zone; add a pod range to it first`,
    );
  return {
    ...{
      name,
      cloud: "google",
      environment,
      region: cluster.region,
      network: cluster.network,
      owner: cluster.owner,
    },
    ...{ routeTables: {}, tags: {}, findings: [], definition },
    blocks: [
      block("nodes", "nodes", nodes),
      block("pods", "pods", pods),
      ...(controlPlane === undefined ? [] : [block("control-plane", "nodes", controlPlane)]),
    ],
  };
}

/** The demand that the ranges hold. Undefined if they hold no node per zone. */
function gkeDemand(
  { nodes: pools, mode, zones, region }: ExistingCluster,
  environment: string,
  nodesLength: number,
  podsLength: number,
): GoogleClusterDefinition | undefined {
  const podsPerNode = Math.min(
    ...pools.flatMap((pool) => pool.podsPerNode ?? []),
    GKE_PODS_PER_NODE[mode === "autopilot" ? "autopilot" : "standard"],
  );
  const room =
    Math.min(nodesInRange(nodesLength), nodesPerPodRange(podsLength, podsPerNode)) -
    GKE_SURGE_PER_ZONE * zones.length;
  const most = pools.reduce((sum, pool) => sum + pool.most, 0);
  const nodes = Math.min(room, Math.max(most, zones.length));
  if (nodes < 1) return undefined;
  return {
    ...{
      cloud: "google",
      environment,
      region,
      zones: [...zones].sort(),
      nodes,
      autopilot: mode === "autopilot",
      podsPerNode,
      growthPercent: 0,
    },
    pods: nodes * podsPerNode,
  };
}
