import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GkeClusterAddresses, Prefix } from "@cluster-ipam/address-plan";
import { BlueprintApp, type BlueprintStack } from "@cluster-ipam/blueprint-core";
import { Testing } from "cdktf";
import {
  GkeClusterStack,
  type GkeClusterStackProps,
  GkeNetworkStack,
  type GkeNetworkStackProps,
} from "../src";

const own = {
  nodes: "10.64.0.0/22",
  controlPlane: "10.64.4.0/28",
  pods: "10.65.0.0/17",
};
const growth = [{ name: "growth", cidr: "10.66.0.0/16" }];
const privateRanges = ["10.64.0.0/14", "192.168.0.0/16"];

/** A cluster in three zones with 110 pods per node, so its pod range has room for 128 nodes. */
export const search: GkeClusterAddresses = {
  cloud: "google",
  name: "prod-search",
  key: "prod-search",
  environment: "prod",
  region: "europe-west3",
  zones: ["europe-west3-a", "europe-west3-b", "europe-west3-c"],
  demand: { nodes: 120, pods: 12_000, podsPerNode: 110, growthPercent: 100 },
  capacity: {
    nodes: 128,
    pods: 14_080,
    binding: {
      name: "nodes per pod range",
      pods: 14_080,
      formula: "2^(24 − 17) = 128 nodes",
      fix: "plan more pods",
    },
    limits: [],
  },
  privateRanges,
  autopilot: false,
  ...own,
  furtherPods: [],
  furtherSubnets: [],
  growth,
  retired: [],
  defaultPodsPerNode: 110,
  fences: [...Object.values(own), ...growth.map(({ cidr }) => cidr)]
    .reduce(
      (open, block) => open.flatMap((range) => range.subtract(Prefix.parse(block))),
      privateRanges.map((range) => Prefix.parse(range)),
    )
    .map((range) => ({ cidr: range.toString(), owner: "unallocated" })),
};

/** The same cluster with further blocks of every kind in what was its growth space. */
export const divided: GkeClusterAddresses = {
  ...search,
  furtherPods: [{ name: "pods-2", cidr: "10.66.0.0/18" }],
  furtherSubnets: [
    { name: "nodes-2", nodes: "10.66.64.0/24", pods: { name: "pods-3", cidr: "10.66.96.0/19" } },
  ],
  growth: [{ name: "growth", cidr: "10.66.128.0/18" }],
  retired: [{ name: "growth-2", cidr: "10.66.192.0/18" }],
  fences: [
    ...search.fences,
    ...["10.66.65.0/24", "10.66.66.0/23", "10.66.68.0/22", "10.66.72.0/21", "10.66.80.0/20"].map((cidr) => ({
      cidr,
      owner: "unallocated",
    })),
  ],
};

export const project = "acme-prod";

/** The arguments of a resource in Terraform's JSON. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the provider defines the shape
export type Arguments = Record<string, any>;

/** The resources of one type in a stack, by `name`, or by id if they have none. */
export function resources(stack: BlueprintStack, type: string): Arguments {
  const { resource = {} } = JSON.parse(Testing.synth(stack)) as {
    resource?: Record<string, Record<string, Arguments>>;
  };
  return Object.fromEntries(
    Object.entries(resource[type] ?? {}).map(([id, one]) => [one["name"] ?? id, one]),
  );
}

/** The only resource of one type in a stack. */
export function resource(stack: BlueprintStack, type: string): Arguments {
  const all: Arguments[] = Object.values(resources(stack, type));
  if (all.length !== 1) throw new Error(`${all.length} resources of type ${type}`);
  return all[0] as Arguments;
}

const outdir = mkdtempSync(join(tmpdir(), "gke-"));
afterAll(() => rmSync(outdir, { recursive: true }));

/** An app whose output folder is removed after the test file. */
export function app(): BlueprintApp {
  return new BlueprintApp({ backend: { type: "local" }, outdir });
}

export function networkStack(props: Partial<GkeNetworkStackProps> = {}): GkeNetworkStack {
  return new GkeNetworkStack(app(), "prod-search-network", {
    addresses: search,
    project,
    ipam: { mode: "planned" },
    ...props,
  });
}

export function clusterStack(
  props: Partial<GkeClusterStackProps> = {},
  network: Partial<GkeNetworkStackProps> = {},
): GkeClusterStack {
  return new GkeClusterStack(app(), "prod-search", { network: networkStack(network).contract, ...props });
}

/** The versions of the google provider that a stack accepts. */
export function googleVersions(stack: BlueprintStack): string {
  return (JSON.parse(Testing.synth(stack)) as Arguments)["terraform"].required_providers.google.version;
}
