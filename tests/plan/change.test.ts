import { describedChanges } from "./described-change";
import { grownPlan, regrownPlan } from "./grown-plan";
import { type EnvironmentName, environments } from "./planned-stacks";
import { type Variant } from "./synthesis";
import { Workbench } from "./workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  await bench.deployAll();
});
afterAll(() => bench.close());

/** Plans the variant of an environment that is deployed as it is, and says what would happen to whom. */
async function planChange(
  environment: EnvironmentName,
  variant: Variant,
  only?: string,
): Promise<readonly string[]> {
  const changed = bench.synthesize(environment, environment, variant);
  const stacks = only === undefined ? changed.plannable : [only];
  const plans = await Promise.all(stacks.map((stack) => changed.plan(stack)));
  return describedChanges(plans);
}

const batch = { nodes: 4, pods: 100, growthPercent: 50 };

test.each(environments)("%s: what was deployed is what is planned", async (environment) => {
  expect(await planChange(environment, {})).toEqual([]);
});

test.each(["dev", "prod"] as const)(
  "%s: adding clusters to the address plan leaves other clusters unchanged",
  async (environment) => {
    const addresses = grownPlan({
      "dev-batch": {
        cloud: "aws",
        environment: "dev",
        region: "eu-west-1",
        zones: ["eu-west-1a", "eu-west-1b"],
        instanceType: "m7i.large",
        ...batch,
      },
      "prod-batch": {
        cloud: "google",
        environment: "prod",
        region: "europe-west3",
        zones: ["europe-west3-a"],
        ...batch,
      },
    });

    expect(await planChange(environment, { addresses })).toEqual([]);
  },
);

test("network: an environment's first cluster in a Region adds pools and touches none", async () => {
  const addresses = grownPlan({
    "prod-edge": {
      cloud: "aws",
      environment: "prod",
      region: "eu-west-1",
      zones: ["eu-west-1a", "eu-west-1b"],
      instanceType: "m7i.large",
      ...batch,
    },
  });

  const changes = await planChange("network", { addresses });
  expect(changes.filter((change) => change.startsWith("create aws_vpc_ipam_pool."))).toEqual([
    "create aws_vpc_ipam_pool.pools_aws--eu-west-1--prod--eks-pods_pool",
    "create aws_vpc_ipam_pool.pools_aws--eu-west-1--prod--eks_pool",
    "create aws_vpc_ipam_pool.pools_aws--eu-west-1--prod--growth-pods_pool",
    "create aws_vpc_ipam_pool.pools_aws--eu-west-1--prod-pods_pool",
    "create aws_vpc_ipam_pool.pools_aws--eu-west-1--prod_pool",
  ]);
  expect(changes.filter((change) => !change.startsWith("create "))).toEqual([]);
});

test("dev: an EKS version is raised in place, control plane and nodes", async () => {
  expect(await planChange("dev", { dev: { eksVersion: "1.35" } }, "dev-apps")).toEqual([
    "update aws_eks_cluster.cluster",
    "update aws_eks_node_group.nodes-general_node-group",
  ]);
});

test("prod: more nodes are an update of the node group alone", async () => {
  expect(await planChange("prod", { prod: { eksMaxNodes: 80 } }, "prod-payments")).toEqual([
    "update aws_eks_node_group.nodes-general_node-group",
  ]);
});

test("dev: another machine type rolls the GKE node pool, which stays", async () => {
  expect(await planChange("dev", { dev: { gkeMachineType: "e2-standard-8" } }, "dev-search")).toEqual([
    "update google_container_node_pool.pool-general_pool",
  ]);
});

test("prod: other pods per node replace the GKE node pool, and nothing else", async () => {
  expect(await planChange("prod", { prod: { gkePodsPerNode: 64 } }, "prod-search")).toEqual([
    "replace google_container_node_pool.pool-general_pool because of max_pods_per_node",
  ]);
});

test("prod: a GKE version is raised in place", async () => {
  expect(await planChange("prod", { prod: { gkeVersion: "1.35" } }, "prod-search")).toEqual([
    "update google_container_cluster.cluster",
  ]);
});

test("dev: a larger growth space is one CIDR more of the VPC, which the autoscaler learns of", async () => {
  const addresses = regrownPlan("dev-apps", 300);
  expect(await planChange("dev", { addresses })).toEqual([
    "create aws_vpc_ipv4_cidr_block_association.network_growth-2-cidr-0",
    "update aws_lambda_function.autoscaler_function",
  ]);
});

test("prod: a larger growth space is one pod range more on GKE, and a fence makes way", async () => {
  const addresses = regrownPlan("prod-search", 300);
  expect(await planChange("prod", { addresses })).toEqual([
    "create google_network_connectivity_internal_range.network_ranges_fence-10-131-0-0-16",
    "create google_network_connectivity_internal_range.network_ranges_growth-2",
    "delete google_network_connectivity_internal_range.network_ranges_fence-10-130-0-0-15",
    "replace terraform_data.cluster_attachment because of triggers_replace",
    "replace terraform_data.network_ranges_layout because of triggers_replace",
    "update google_compute_subnetwork.network_subnetwork",
    "update google_container_cluster.cluster",
  ]);
});

test("dev: a larger growth space is left to Auto IPAM, and a fence makes way", async () => {
  const addresses = regrownPlan("dev-search", 300);
  expect(await planChange("dev", { addresses })).toEqual([
    "create google_network_connectivity_internal_range.network_ranges_fence-10-144-24-0-21",
    "delete google_network_connectivity_internal_range.network_ranges_fence-10-144-16-0-20",
    "replace terraform_data.network_ranges_layout because of triggers_replace",
  ]);
});
