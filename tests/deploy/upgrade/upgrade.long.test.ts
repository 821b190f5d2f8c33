import { describedChanges } from "../../plan/described-change";
import { type EnvironmentName, environments } from "../../plan/planned-stacks";
import { type ResourceChange } from "../../plan/terraform-plan";
import { Deployment } from "../deployment";

/** What the fixture must have, for an upgrade without losses to prove something: address sources, networks, clusters, nodes. */
const lasting = [
  "aws_eks_addon",
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_subnet",
  "aws_vpc",
  "aws_vpc_ipam",
  "aws_vpc_ipam_pool",
  "aws_vpc_ipam_pool_cidr",
  "aws_vpc_ipv4_cidr_block_association",
  "google_compute_network",
  "google_compute_subnetwork",
  "google_container_cluster",
  "google_container_node_pool",
  "google_network_connectivity_internal_range",
];

let previous: Deployment;
beforeAll(() => {
  previous = Deployment.previous();
});
afterAll(() => previous.close());

/** What today's code and its defaults would destroy or replace, of any type. */
async function lossesOf(environment: EnvironmentName): Promise<readonly string[]> {
  const workspace = await previous.workspace(environment);
  // An autoscaler has nothing that lasts, and looks up the growth pool that the address space gets with this release.
  const stacks = workspace.stacks.filter((stack) => !stack.endsWith("-autoscaler"));
  // A stack that this release adds has nothing to lose, and may look up what another one creates first.
  const deployed = stacks.filter((stack) => previous.isDeployed(environment, stack));
  expect(deployed.length).toBeGreaterThan(0);
  const plans = await Promise.all(deployed.map((stack) => workspace.plan(stack)));
  const lost = ({ change }: ResourceChange) => change.actions.includes("delete");
  return describedChanges(
    plans.map(({ resource_changes = [] }) => ({ resource_changes: resource_changes.filter(lost) })),
  );
}

test("the fixture has something of every type that must last", () => {
  const counts = previous.counts();
  expect(lasting.filter((type) => !counts[type])).toEqual([]);
});

test.each(environments)("%s: an upgrade from the previous release loses nothing", async (environment) => {
  previous.synthesize(environment);
  expect(await lossesOf(environment)).toEqual([]);
});

test("a construct that got another id is noticed, with what hangs on it", async () => {
  previous.synthesize("dev");
  previous.edit("dev", "dev-apps-network", (text) => text.replaceAll("network_vpc_", "renamed_vpc_"));
  previous.edit("dev", "dev-search", (text) => text.replaceAll(/\bcluster_(?=[0-9A-F]{8})/g, "renamed_"));

  const losses = await lossesOf("dev");
  expect(losses).toContain("delete aws_vpc.network_vpc");
  expect(losses).toContain("replace aws_subnet.network_subnets_pod-eu-west-1a because of vpc_id");
  expect(losses).toContain("delete google_container_cluster.cluster");
});

test("a pool that is protected and would be replaced is an error of Terraform", async () => {
  previous.synthesize("network");
  previous.edit("network", "address-space", (text) =>
    text.replace(/locale += "eu-west-1"/, 'locale = "eu-west-2"'),
  );
  await expect(lossesOf("network")).rejects.toThrow("Instance cannot be destroyed");
});
