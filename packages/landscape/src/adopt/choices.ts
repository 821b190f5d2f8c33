import { type AddressLock, type PlanDefinition } from "@cluster-ipam/address-plan";
import { parseClusterKey } from "@cluster-ipam/address-plan/adoption";
import picomatch from "picomatch";
import { type ExistingCluster } from "../landscape/existing-cluster";
import { type ExistingRange } from "../landscape/existing-range";
import { type Landscape } from "../landscape/landscape";
import { type Candidate } from "./candidate";
import { eksCandidate } from "./eks-candidate";
import { environmentOf, planName } from "./environment-of";
import { type Finding } from "./finding";
import { gkeCandidate } from "./gke-candidate";

/** What to take under management. */
export interface Choice {
  /** Globs of names of clusters and VPCs, and of ids of VPCs. */
  readonly manage: readonly string[];
  /** Environment of what no tag and no name gives one. @default it is not adopted */
  readonly environment?: string;
}

/** What was chosen: what becomes a cluster of the plan, and why something cannot. */
export interface Chosen {
  readonly candidates: readonly Candidate[];
  readonly findings: readonly Finding[];
}

/** The chosen clusters and VPCs that the plan does not have yet. */
export function choose(
  landscape: Landscape,
  choice: Choice,
  plan: PlanDefinition,
  lock: AddressLock,
): Chosen {
  const candidates = new Map<string, Candidate>();
  const findings: Finding[] = [];
  const managed = managedCidrs(plan, lock);
  for (const item of items(landscape)) {
    if (!choice.manage.some((glob) => item.names.some((name) => picomatch.isMatch(name, glob)))) continue;
    const name = planName(item.name, 40);
    const owner = managed.get(item.cidr ?? "");
    if (owner === name) continue;
    const refuse = (message: string) => findings.push({ kind: "not-adopted", subject: item.name, message });
    const environment = environmentOf(item.name, item.tags, plan, choice.environment);
    const region = item.cluster?.region ?? item.vpc[0]?.region;
    const shared = [...candidates.values()].find(
      ({ network, cloud }) => cloud === "aws" && network === item.vpc[0]?.id,
    );
    if (owner !== undefined) refuse(`the plan has its ${item.cidr} for ${owner}`);
    else if (Object.hasOwn(plan.clusters, name) || candidates.has(name))
      refuse(
        `the plan has another cluster of the name ${name}; rename that one with renamedFrom, or leave this one reserved`,
      );
    else if (shared !== undefined)
      refuse(`it is in the VPC of ${shared.name}; the plan has one cluster per VPC`);
    else if (environment === undefined)
      refuse(
        "no tag and no part of its name says its environment; pass --environment, or tag it with environment",
      );
    else if (region === undefined)
      refuse("its Region is not known; add its subnets, or keep the files in folders named after the Region");
    else {
      const result =
        item.cluster?.cloud === "google"
          ? gkeCandidate(item.cluster, name, environment, landscape, plan)
          : eksCandidate(
              { name, environment, region, vpc: item.vpc, cluster: item.cluster },
              landscape,
              plan,
            );
      if ("kind" in result) findings.push(result);
      else {
        candidates.set(name, result);
        findings.push(...result.findings);
      }
    }
  }
  return { candidates: [...candidates.values()], findings };
}

/** Something that can become a cluster. */
interface Item {
  readonly name: string;
  /** What globs are matched with. */
  readonly names: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly vpc: readonly ExistingRange[];
  readonly cluster: ExistingCluster | undefined;
  /** CIDR of the block by which the plan would have it. */
  readonly cidr: string | undefined;
}

/** The clusters, then the VPCs without one. */
function items({ clusters, ranges }: Landscape): readonly Item[] {
  const vpcs = new Map<string, ExistingRange[]>();
  for (const range of ranges)
    if (range.kind === "vpc") vpcs.set(range.id, [...(vpcs.get(range.id) ?? []), range]);
  const withCluster = new Set(clusters.map(({ network }) => network));
  const ofClusters = clusters.map((cluster): Item => {
    const vpc = vpcs.get(cluster.network) ?? [];
    const nodes = ranges.find(({ kind, id }) => kind === "subnet" && id === cluster.subnets[0]);
    const block = cluster.cloud === "aws" ? vpc.find(({ primary }) => primary) : nodes;
    const tags = { ...vpc[0]?.tags, ...cluster.tags };
    const names = [cluster.name, ...(cluster.cloud === "aws" ? [cluster.network] : [])];
    return { name: cluster.name, names, tags, vpc, cluster, cidr: block?.prefix.toString() };
  });
  const others = [...vpcs].flatMap(([id, vpc]): Item[] => {
    if (withCluster.has(id)) return [];
    const name = vpc.find((range) => range.name !== undefined)?.name ?? id;
    const cidr = vpc.find(({ primary }) => primary)?.prefix.toString();
    return [{ name, names: [name, id], tags: vpc[0]!.tags, vpc, cluster: undefined, cidr }];
  });
  return [...ofClusters, ...others];
}

/** The clusters of the plan by the CIDR of their VPC, or of their nodes on GKE. */
function managedCidrs(plan: PlanDefinition, { allocations }: AddressLock): ReadonlyMap<string, string> {
  return new Map(
    allocations.flatMap(({ key, cidr }): [string, string][] => {
      const block = parseClusterKey(key);
      if (block === undefined || !Object.hasOwn(plan.clusters, block.cluster)) return [];
      const isNetwork = block.role === "vpc" || (key.startsWith("google/") && block.role === "nodes");
      return isNetwork ? [[cidr, block.cluster]] : [];
    }),
  );
}
