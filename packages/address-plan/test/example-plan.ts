import { type PlanDefinitionInput } from "../src";

/** A small plan with two clusters on each cloud. Every call returns a new copy. */
export function examplePlan() {
  return {
    organisation: "example",
    spaces: { primary: "10.0.0.0/8", pods: "100.64.0.0/10" },
    reserved: [
      { cidr: "10.200.0.0/13", owner: "on-premises: office" },
      { cidr: "192.168.0.0/16", owner: "on-premises: plants" },
      { cidr: "34.118.224.0/20", owner: "GKE: managed Services range", routed: false },
    ],
    regions: {
      aws: {
        "eu-central-1": { primary: "/12", pods: "/12" },
        "eu-west-1": { primary: "/12", pods: "/12" },
      },
      google: { "europe-west3": { primary: "/12" } },
    },
    environments: {
      dev: {
        aws: { primary: "/16", eks: "/18", pods: "/16", eksPods: "/17" },
        google: { primary: "/14", gke: "/15" },
      },
      prod: {
        aws: { primary: "/14", eks: "/16", pods: "/14", eksPods: "/15" },
        google: { primary: "/13", gke: "/14" },
      },
    },
    clusters: {
      "dev-apps": {
        ...{ cloud: "aws", environment: "dev", region: "eu-west-1" },
        zones: ["eu-west-1a", "eu-west-1b"],
        ...{ instanceType: "t3.medium", nodes: 10, pods: 150, podsPerNode: 30 },
      },
      "dev-search": {
        ...{ cloud: "google", environment: "dev", region: "europe-west3" },
        zones: ["europe-west3-a"],
        ...{ nodes: 8, pods: 200, podsPerNode: 32 },
      },
      "prod-payments": {
        ...{ cloud: "aws", environment: "prod", region: "eu-central-1" },
        zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
        ...{ instanceType: "m7i.2xlarge", nodes: 60, pods: 6000, growthPercent: 100 },
      },
      "prod-search": {
        ...{ cloud: "google", environment: "prod", region: "europe-west3" },
        zones: ["europe-west3-a", "europe-west3-b", "europe-west3-c"],
        ...{ nodes: 100, pods: 8000, podsPerNode: 110, growthPercent: 100 },
      },
    },
  } satisfies PlanDefinitionInput as PlanDefinitionInput & Record<string, unknown>;
}
