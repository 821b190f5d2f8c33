import { type PlanDefinitionInput } from "@cluster-ipam/address-plan";

type Cluster = PlanDefinitionInput["clusters"][string];

/**
 * A plan of many clusters in one Region of each cloud: every pool has as many siblings as can be, the hardest case
 * for the allocation.
 *
 * @param eks number of EKS clusters, each 15 allocations; up to 2,000 fit
 * @param gke number of GKE clusters, each 4 allocations; up to 32,000 fit
 */
export function fleetDefinition(eks: number, gke: number): PlanDefinitionInput {
  return {
    organisation: "fleet",
    spaces: { primary: "10.0.0.0/8", pods: "100.64.0.0/10" },
    regions: {
      aws: { "eu-central-1": { primary: "/9", pods: "/10" } },
      google: { "europe-west3": { primary: "/9" } },
    },
    environments: {
      prod: {
        aws: { primary: "/9", eks: "/9", pods: "/10", eksPods: "/10" },
        google: { primary: "/9", gke: "/9" },
      },
    },
    clusters: Object.fromEntries([...named("eks", eks, eksCluster), ...named("gke", gke, gkeCluster)]),
  };
}

const eksCluster: Cluster = {
  cloud: "aws",
  environment: "prod",
  region: "eu-central-1",
  zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
  instanceType: "m7i.large",
  nodes: 3,
  pods: 60,
  growthPercent: 100,
};

const gkeCluster: Cluster = {
  cloud: "google",
  environment: "prod",
  region: "europe-west3",
  zones: ["europe-west3-a"],
  nodes: 3,
  pods: 20,
  podsPerNode: 8,
  growthPercent: 100,
};

/** Names of one length, so that the order of the keys is the order of the numbers. */
function named(prefix: string, count: number, cluster: Cluster): [string, Cluster][] {
  return Array.from({ length: count }, (_, at) => [`${prefix}-${String(at).padStart(5, "0")}`, cluster]);
}
