import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AddressPlan, parseLock, Prefix } from "@cluster-ipam/address-plan";
import { Journal, Store } from "@cluster-ipam/cloud-model";
import { provisionNodePool } from "@cluster-ipam/cloud-model/google";
import { type BlockUse } from "@cluster-ipam/sandbox";
import { devSettings } from "../../apps/dev/src/dev";
import { describedChanges } from "../plan/described-change";
import { regrownPlan } from "../plan/grown-plan";
import { type EnvironmentName, environments } from "../plan/planned-stacks";
import { type Variant } from "../plan/synthesis";
import { Deployment } from "./deployment";

// Three environments by the CLI, and changes on top: minutes where the machine is busy.
jest.setTimeout(300_000);

const deployed = Deployment.empty();
let said: string;
beforeAll(async () => {
  said = await deployed.runCommand("deploy");
});
afterAll(() => deployed.close());

async function planOf(deployment: Deployment, environment: EnvironmentName, only?: string) {
  const workspace = await deployment.workspace(environment);
  const stacks = only === undefined ? workspace.stacks : [only];
  return describedChanges(await Promise.all(stacks.map((stack) => workspace.plan(stack))));
}

/** Runs `use` on a copy of what is deployed. */
async function onCopy(use: (copy: Deployment) => Promise<void>): Promise<void> {
  const copy = deployed.copy();
  await use(copy).finally(() => copy.close());
}

/** Changes a stack of a copy. @returns the planned changes; afterwards they are deployed and the plan is empty */
async function changeTo(copy: Deployment, environment: EnvironmentName, stack: string, variant: Variant) {
  copy.synthesize(environment, variant);
  const planned = await planOf(copy, environment, stack);
  await (await copy.workspace(environment)).apply(stack);
  expect(await planOf(copy, environment, stack)).toEqual([]);
  return planned;
}

/** What an allocation of the lock is in its cloud, by its key. */
function useOf(key: string): BlockUse {
  const [cloud, , , , cluster] = key.split("/");
  const role = key.split("/").at(-1)!;
  if (cluster === undefined) return "pool";
  if (cloud === "google") return googleUses[role]!;
  if (role === cluster) return "VPC";
  return role === "pods" || role === "growth" ? "VPC CIDR" : "subnet";
}
const googleUses: Readonly<Record<string, BlockUse>> = {
  nodes: "subnetwork",
  pods: "secondary range",
  growth: "secondary range",
  "control-plane": "control plane",
};

/** The environments and how many stacks each had, in the order in which a command was done with them. */
const environmentsIn = (output: string) =>
  [...output.matchAll(/^(network|dev|prod)\n((?: {2}.*\n)*)/gm)].map(([, environment, lines]) => ({
    environment,
    stacks: lines!.match(/✓ .* (added|destroyed) /g)?.length,
  }));
const everything = [
  { environment: "network", stacks: 1 },
  { environment: "dev", stacks: 8 },
  { environment: "prod", stacks: 6 },
];

test("one command deploys everything and says where the addresses are, within 80 columns", () => {
  expect(environmentsIn(said)).toEqual(everything);
  for (const { cidr, use } of deployed.inventory())
    if (use !== "fence" && use !== "internal range") expect(said).toContain(cidr);
  expect(said.split("\n").filter((line) => line.length > 80 && !line.startsWith("  !"))).toEqual([]);
});

test("every address in the lock is deployed, except those without an object on Google", () => {
  const deployedBlocks = new Set(deployed.inventory().map(({ use, cidr }) => `${use} ${cidr}`));
  const lock = parseLock(readFileSync(join(__dirname, "../../addresses.lock.json"), "utf8"));
  const absent = lock.allocations.filter(({ key, cidr }) => !deployedBlocks.has(`${useOf(key)} ${cidr}`));
  expect(absent.map(({ key }) => key)).toEqual([
    // Google has no pools: IPAM reserves the Region's block, and internal ranges fence the clusters.
    "google/europe-west3/prod",
    "google/europe-west3/prod/gke",
    "google/europe-west4/dev",
    "google/europe-west4/dev/gke",
    // Auto IPAM takes of this when it needs more than the pods' block.
    "google/europe-west4/dev/gke/dev-search/growth",
  ]);
});

test.each(environments)("%s: what is deployed is what is planned", async (environment) => {
  expect(await planOf(deployed, environment)).toEqual([]);
});

test("dev: a node group is added and the version raised in place", () =>
  onCopy(async (copy) => {
    const batch = { name: "batch", instanceType: "m7i.xlarge", size: { min: 0, desired: 1, max: 3 } };
    const eksNodeGroups = [...devSettings.eksNodeGroups, batch];
    expect(await changeTo(copy, "dev", "dev-apps", { dev: { eksNodeGroups, eksVersion: "1.35" } })).toEqual([
      "create aws_eks_node_group.nodes-batch_node-group",
      "create aws_launch_template.nodes-batch_launch-template",
      "update aws_eks_cluster.cluster",
      "update aws_eks_node_group.nodes-general_node-group",
    ]);
  }));

test("network: a pool is extended by a CIDR, and nothing else changes", () =>
  onCopy(async (copy) => {
    const addresses = AddressPlan.load({ directory: __dirname });
    const pools = addresses
      .awsPools()
      .map((pool) => (pool.key === "pods" ? { ...pool, cidrs: [...pool.cidrs, "198.19.0.0/16"] } : pool));
    const extended = Object.assign(Object.create(addresses) as AddressPlan, { awsPools: () => pools });
    expect(await changeTo(copy, "network", "address-space", { addresses: extended })).toEqual([
      "create aws_vpc_ipam_pool_cidr.pools_pods_cidr-198-19-0-0-16",
    ]);
    expect(copy.inventory()).toContainEqual(expect.objectContaining({ use: "pool", cidr: "198.19.0.0/16" }));
  }));

test("dev: a larger growth space is a CIDR more, and nothing else changes", () =>
  onCopy(async (copy) => {
    const before = copy.inventory();
    const addresses = regrownPlan("dev-apps", 300);
    expect(await changeTo(copy, "dev", "dev-apps-network", { addresses })).toEqual([
      "create aws_vpc_ipv4_cidr_block_association.network_growth-2-cidr-0",
    ]);
    const { cidr } = addresses.eks("dev-apps").growth[1]!;
    expect(copy.inventory()).toEqual(expect.arrayContaining(before));
    expect(copy.inventory()).toHaveLength(before.length + 1);
    expect(copy.inventory()).toContainEqual(expect.objectContaining({ use: "VPC CIDR", cidr }));
    expect(await planOf(copy, "dev", "dev-apps")).toEqual([]);
  }));

test("prod: a larger growth space is a pod range more on GKE, and only a fence makes way", () =>
  onCopy(async (copy) => {
    const addresses = regrownPlan("prod-search", 300);
    expect(await changeTo(copy, "prod", "prod-search-network", { addresses })).toEqual([
      "create google_network_connectivity_internal_range.network_ranges_fence-10-131-0-0-16",
      "create google_network_connectivity_internal_range.network_ranges_growth-2",
      "delete google_network_connectivity_internal_range.network_ranges_fence-10-130-0-0-15",
      "replace terraform_data.network_ranges_layout because of triggers_replace",
      "update google_compute_subnetwork.network_subnetwork",
    ]);
    expect(await changeTo(copy, "prod", "prod-search", { addresses })).toEqual([
      "replace terraform_data.cluster_attachment because of triggers_replace",
      "update google_container_cluster.cluster",
    ]);
  }));

test("dev: a smaller fence waits until the old one is gone, over which Google would refuse it", () =>
  onCopy(async (copy) => {
    copy.synthesize("dev", { addresses: regrownPlan("dev-search", 300) });
    const workspace = await copy.workspace("dev");
    const plan = await workspace.plan("dev-search-network");
    const fences = (action: string) =>
      plan.resource_changes!.filter(
        ({ address, change }) => address.includes("_fence-") && change.actions[0] === action,
      );
    const order = await workspace.order("dev-search-network");
    const waitsFor = (object: string): readonly string[] =>
      order.filter(([waiting]) => waiting === object).flatMap(([, before]) => [before, ...waitsFor(before)]);
    const [made, gone] = [fences("create"), fences("delete")];
    expect([made.length, gone.length]).toEqual([1, 1]);
    expect(waitsFor(made[0]!.address)).toContain(`${gone[0]!.address} (destroy)`);
  }));

describe("ranges and subnets that GKE adds by Auto IPAM", () => {
  const cluster = { project: "example-dev", location: "europe-west4", cluster: "dev-search" };
  let grown: Deployment;
  beforeAll(() => {
    grown = deployed.copy();
    const store = new Store({ journal: new Journal(grown.cloud) });
    // What is left of the first range; a range of their own; nodes for which the subnet has no addresses.
    provisionNodePool(store, { ...cluster, nodePool: "first", nodes: 15 });
    provisionNodePool(store, { ...cluster, nodePool: "second", nodes: 8 });
    provisionNodePool(store, { ...cluster, nodePool: "third", nodes: 5, maxPodsPerNode: 8 });
  });
  afterAll(() => grown.close());

  const added = () => {
    const before = deployed.inventory().map(({ cidr }) => cidr);
    return grown.inventory().filter(({ cidr }) => !before.includes(cidr));
  };

  /** Plans the cluster as if the rules were not there. */
  const planWithout = async (...rules: readonly string[]) => {
    grown.synthesize("dev");
    grown.edit("dev", "dev-search", (text) => {
      const left = rules.reduce((less, rule) => less.replace(`${rule},\n`, "\n"), text);
      expect(left.length).toBeLessThan(text.length);
      return left;
    });
    const plan = await (await grown.workspace("dev")).plan("dev-search");
    const policies = (plan.resource_changes ?? [])
      .filter(({ type }) => type === "google_container_cluster")
      .map(({ change }) => (change.after as { ip_allocation_policy: Policy[] }).ip_allocation_policy[0]!);
    return { changes: describedChanges([plan]), keeps: policies.flatMap(rangesOf) };
  };
  interface Policy {
    readonly additional_ip_ranges_config: readonly { readonly subnetwork: string }[];
    readonly additional_pod_ranges_config: readonly { readonly pod_range_names: readonly string[] }[];
  }
  const rangesOf = (policy: Policy): readonly string[] => [
    ...policy.additional_pod_ranges_config.flatMap(({ pod_range_names }) => pod_range_names),
    ...policy.additional_ip_ranges_config.map(({ subnetwork }) => subnetwork.split("/").at(-1)!),
  ];

  test("lie in the growth space of the plan, and nothing is planned", async () => {
    const { growth } = AddressPlan.load({ directory: __dirname }).gke("dev-search");
    const uses = ["subnetwork", "secondary range", "secondary range"];
    expect(added().map(({ use }) => use)).toEqual(uses);
    expect(growth).toHaveLength(1);
    const space = Prefix.parse(growth[0]!.cidr);
    expect(added().filter(({ cidr }) => !space.contains(Prefix.parse(cidr)))).toEqual([]);
    expect(await planOf(grown, "dev")).toEqual([]);
  });

  test.each([
    ["ip_allocation_policy[0].additional_pod_ranges_config", /^gke-dev-search-subnet-/],
    ["ip_allocation_policy[0].additional_ip_ranges_config", /^gke-dev-search-pods-/],
  ])("without the rule for %s, Terraform would take one away", async (rule, kept) => {
    const update = ["update google_container_cluster.cluster"];
    expect(await planWithout(rule)).toEqual({ changes: update, keeps: [expect.stringMatching(kept)] });
  });

  test.each([
    ["takes nothing away by the rule", "ignore_changes = [secondary_ip_range]", []],
    ["would take GKE's away without the rule", "", [["by-hand"]]],
  ])("a range that someone writes into the subnetwork %s", async (_, rule, ranges) => {
    grown.synthesize("dev");
    grown.edit("dev", "dev-search-network", (text) =>
      text.replace(
        /^ {2}lifecycle \{\n {4}ignore_changes = \[secondary_ip_range\]\n {2}\}$/m,
        `  secondary_ip_range {
    range_name    = "by-hand"
    ip_cidr_range = "10.144.7.0/24"
  }
  lifecycle {
    ${rule}
  }`,
      ),
    );
    const plan = await (await grown.workspace("dev")).plan("dev-search-network");
    const changed = plan.resource_changes!.filter(({ change }) => change.actions[0] !== "no-op");
    expect(changed.map(({ change }) => rangeNames(change.after))).toEqual(ranges);
  });
  const rangeNames = (subnetwork: unknown) =>
    (subnetwork as { secondary_ip_range: { range_name: string }[] }).secondary_ip_range.map(
      ({ range_name }) => range_name,
    );

  test("a version is raised around them", async () => {
    const before = grown.inventory();
    expect(await changeTo(grown, "dev", "dev-search", { dev: { gkeVersion: "1.35" } })).toEqual([
      "update google_container_cluster.cluster",
    ]);
    expect(grown.inventory()).toEqual(before);
  });
});

test("dev: a cluster that leaves the composition is destroyed in order, and its states prove it", () =>
  onCopy(async (copy) => {
    const before = copy.inventory();
    const without = ["dev-search-network", "dev-search", "dev-search-system"];
    copy.synthesize("dev", { without });
    expect(copy.recorded("dev").retired).toEqual([...without].reverse());
    const planned = await planOf(copy, "dev");
    expect(planned.filter((change) => !change.startsWith("delete "))).toEqual([]);
    expect(planned).toContain("delete kubernetes_config_map_v1.ip-masq-agent_config");
    expect(planned).toContain("delete google_container_cluster.cluster");

    await copy.deploy("dev", "dev-search*");
    const states = await copy.proveEmpty("dev");
    expect(states.map(({ stack, status }) => `${stack} ${status}`)).toEqual([
      "dev-search empty",
      "dev-search-network empty",
      "dev-search-system empty",
    ]);
    expect(copy.inventory()).toEqual(before.filter(({ owner }) => owner !== "example-dev"));
    copy.synthesize("dev", { without });
    expect(await planOf(copy, "dev")).toEqual([]);
  }));

test("one command destroys everything, the network last, and nothing stays in any pool", () =>
  onCopy(async (copy) => {
    const output = await copy.runCommand("destroy");
    expect(environmentsIn(output)).toEqual([...everything].reverse());
    expect(output).toContain("Nothing is left");
    expect({ counts: copy.counts(), inventory: copy.inventory() }).toEqual({ counts: {}, inventory: [] });
  }));
