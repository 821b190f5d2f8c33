import { type PlanDefinitionInput } from "@cluster-ipam/address-plan";

/** `addresses.yaml` of an organisation, as data that edits change. */
export interface Plan {
  organisation: string;
  spaces: Record<string, string[]>;
  reserved: { cidr: string; owner: string; routed?: boolean }[];
  regions: Record<CloudName, Record<string, Record<string, string>>>;
  environments: Record<string, Partial<Record<CloudName, Record<string, string>>>>;
  clusters: Record<string, PlanCluster>;
}

export type CloudName = "aws" | "google";

/** A cluster of the plan. */
export interface PlanCluster {
  cloud: CloudName;
  environment: string;
  region: string;
  zones: string[];
  nodes: number;
  pods: number;
  podsPerNode: number;
  growthPercent: number;
  instanceType?: string;
  vpcCidr?: string;
  vpcCidrQuota?: number;
  renamedFrom?: string;
}

/** The plan as the package takes it. */
export function asInput(plan: Plan): PlanDefinitionInput {
  return plan as unknown as PlanDefinitionInput;
}

/** How much space an organisation has at the beginning. `small`: roomy, and a cluster on each cloud. */
export type Roominess = "tight" | "roomy" | "small";

/** The plan of a small organisation with two EKS clusters and a GKE cluster. */
export function firstPlan(roominess: Roominess): Plan {
  const roomy = roominess !== "tight";
  const size = (length: number) => `/${roomy ? length - 2 : length}`;
  const aws = { primary: size(19), eks: size(20), pods: size(16), eksPods: size(17) };
  return {
    organisation: "example",
    spaces: {
      primary: [roomy ? "10.0.0.0/9" : "10.0.0.0/12"],
      pods: [roomy ? "100.64.0.0/10" : "100.64.0.0/13"],
    },
    reserved: [{ cidr: "172.20.0.0/16", owner: "EKS: Kubernetes Services", routed: false }],
    regions: {
      aws: {
        "eu-central-1": { primary: size(16), pods: size(14) },
        "eu-west-1": { primary: size(16), pods: size(14) },
      },
      google: { "europe-west3": { primary: size(14) } },
    },
    environments: {
      dev: { aws: { ...aws }, google: { primary: size(15), gke: size(16) } },
      prod: { aws: { ...aws }, google: { primary: size(15), gke: size(16) } },
    },
    clusters: {
      "dev-apps": newCluster("aws", "dev", "eu-west-1", 2, 10),
      ...(roominess !== "small" && { "prod-shop": newCluster("aws", "prod", "eu-central-1", 3, 30) }),
      "dev-search": newCluster("google", "dev", "europe-west3", 2, 8),
    },
  };
}

/** A new cluster. @param zones number of its zones, 2 or 3 */
export function newCluster(
  cloud: CloudName,
  environment: string,
  region: string,
  zones: number,
  nodes: number,
): PlanCluster {
  const names = zonesOf(cloud, region).slice(0, zones);
  return {
    ...{
      cloud,
      environment,
      region,
      zones: names,
      nodes,
      pods: nodes * 20,
      podsPerNode: 32,
      growthPercent: 0,
    },
    ...(cloud === "aws" && { instanceType: "m7i.large" }),
  };
}

/** The zones of a region that clusters may use. */
export function zonesOf(cloud: CloudName, region: string): string[] {
  const separator = cloud === "aws" ? "" : "-";
  return ["a", "b", "c"].map((letter) => `${region}${separator}${letter}`);
}
