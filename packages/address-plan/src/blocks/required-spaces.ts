import { type Cloud } from "../cloud/regions";
import {
  type AwsClusterDefinition,
  type ClusterDefinition,
  type GoogleClusterDefinition,
  type PlanDefinition,
} from "../demand/plan-definition";
import { type Prefix } from "../prefix/prefix";
import { eksPodBlocks, eksVpc } from "./eks-blocks";
import { gkeBlocks } from "./gke-blocks";
import { type LockedGrowth } from "./growth-blocks";
import { type RequiredBlock, type RequiredSpace } from "./required-block";

/**
 * All blocks that the plan requires, as a tree in each space.
 *
 * @param locked existing growth blocks, to which growth only adds
 */
export function requiredSpaces(plan: PlanDefinition, locked: LockedGrowth): RequiredSpace[] {
  const clusters = Object.entries(plan.clusters);
  const eks = clusters.filter((entry): entry is Named<AwsClusterDefinition> => entry[1].cloud === "aws");
  const gke = clusters.filter(
    (entry): entry is Named<GoogleClusterDefinition> => entry[1].cloud === "google",
  );
  const { aws, google } = plan.regions;
  const environment = (name: string) => plan.environments[name]!;
  return [
    space("primary", `${plan.organisation}: nodes and GKE`, plan.spaces.primary, plan, [
      ...regionPools(eks, {
        cloud: "aws",
        suffix: "",
        application: "eks",
        regions: Object.entries(aws).map(([region, size]) => [region, size.primary]),
        sizes: (name) => [environment(name).aws!.primary, environment(name).aws!.eks],
        blocks: (name, cluster) => [eksVpc(name, cluster)],
      }),
      ...regionPools(gke, {
        cloud: "google",
        suffix: "",
        application: "gke",
        regions: Object.entries(google).map(([region, size]) => [region, size.primary]),
        sizes: (name) => [environment(name).google!.primary, environment(name).google!.gke],
        blocks: (name, cluster) => gkeBlocks(name, cluster, locked),
      }),
    ]),
    space(
      "pods",
      `${plan.organisation}: pods of EKS`,
      plan.spaces.pods,
      plan,
      regionPools(eks, {
        cloud: "aws",
        suffix: "-pods",
        application: "eks",
        regions: Object.entries(aws).map(([region, size]) => [region, size.pods]),
        sizes: (name) => [environment(name).aws!.pods, environment(name).aws!.eksPods],
        blocks: (name, cluster) => eksPodBlocks(name, cluster, locked),
      }),
    ),
  ];
}

type Named<Cluster> = [name: string, cluster: Cluster];

/** A pool hierarchy: Region pools, environment pools, application pools, clusters. */
interface PoolHierarchy<Cluster> {
  readonly cloud: Cloud;
  /** Suffix of pool names, which tells the pools of the pod space from their counterparts. */
  readonly suffix: "" | "-pods";
  readonly application: string;
  readonly regions: readonly (readonly [name: string, length: number])[];
  /** Netmask lengths of an environment's pool and of its application pool. */
  sizes(environment: string): readonly [number, number];
  blocks(name: string, cluster: Cluster): readonly RequiredBlock[];
}

function regionPools<Cluster extends ClusterDefinition>(
  clusters: readonly Named<Cluster>[],
  hierarchy: PoolHierarchy<Cluster>,
): RequiredBlock[] {
  const { cloud, suffix, application } = hierarchy;
  const byRegion = groupBy(clusters, ([, cluster]) => cluster.region);
  return hierarchy.regions.map(([region, length]) => {
    const key = `${cloud}/${region}`;
    const environments = groupBy(byRegion.get(region) ?? [], ([, cluster]) => cluster.environment);
    const children = [...environments].map(([environment, members]) => {
      const [environmentLength, applicationLength] = hierarchy.sizes(environment);
      const setting = `environments.${environment}.${cloud}`;
      const blocks = members.flatMap(([name, cluster]) => hierarchy.blocks(name, cluster));
      const applicationPool = pool(
        `${key}/${environment}/${application}${suffix}`,
        applicationLength,
        `${environment} ${application.toUpperCase()}`,
        `use a smaller application block in ${setting}`,
        blocks,
      );
      const fix = `use a smaller block in ${setting} or a larger one for ${region}`;
      return pool(`${key}/${environment}${suffix}`, environmentLength, environment, fix, [applicationPool]);
    });
    const fix = `use a smaller block in regions.${cloud}.${region} or a larger space`;
    return pool(`${key}${suffix}`, length, `${cloud} ${region}`, fix, children);
  });
}

function pool(
  key: string,
  length: number,
  owner: string,
  fix: string,
  children: readonly RequiredBlock[],
): RequiredBlock {
  return { key, length, demand: `/${length}`, kind: "pool", owner, fix, children };
}

function space(
  key: RequiredSpace["key"],
  owner: string,
  prefix: Prefix,
  plan: PlanDefinition,
  children: readonly RequiredBlock[],
): RequiredSpace {
  const reserved = plan.reserved
    .filter((entry) => entry.cidr.overlaps(prefix))
    .map((entry) => ({ prefix: entry.cidr, owner: entry.owner }));
  return { key, owner, prefix, reserved, children };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
