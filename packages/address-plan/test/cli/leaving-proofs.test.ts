import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { AddressPlan, parseLock } from "../../src";
import { renderStackRecord } from "../../src/stacks";
import { type LockUpdate, updateLock } from "../../src/update";
import { stringify } from "yaml";
import { examplePlan } from "../example-plan";
import { Repository } from "../example-repository";
import { exampleRecord, recordedStack } from "../stacks/example-record";

let repository: Repository;
let app: string;
beforeEach(async () => {
  repository = new Repository(examplePlan());
  await repository.update();
  app = join(repository.directory, "apps/dev");
  mkdirSync(join(app, "state"), { recursive: true });
  writeFileSync(join(app, "cdktf.json"), "{}");
  writeFileSync(join(app, "stacks.lock.json"), renderStackRecord(exampleRecord));
});
afterEach(() => repository.remove());

/** Writes the state of a stack, with a managed resource for each type and its attributes. */
function deploy(stack: string, ...resources: readonly (readonly [type: string, attributes: object])[]): void {
  const state = resources.map(([type, attributes]) => ({
    ...{ mode: "managed", type, name: "it", instances: [{ attributes }] },
  }));
  writeFileSync(
    join(app, "state", `${stack}.tfstate`),
    JSON.stringify({ version: 4, serial: 12, lineage: "3f0c2a1b-0000", resources: state }),
  );
}

async function update(change: () => unknown): Promise<LockUpdate> {
  change();
  writeFileSync(join(repository.directory, "addresses.yaml"), stringify(repository.plan));
  return updateLock(repository.directory, { env: {} });
}
const leave = () => delete repository.plan.clusters["dev-search"];
const own = (update: LockUpdate) => update.lock.allocations.filter(({ key }) => key.includes("/dev-search/"));
const reasons = (update: LockUpdate) => [
  ...new Set(update.kept.filter(({ key }) => key.includes("dev-search")).map(({ reason }) => reason)),
];

test("a cluster that left is freed when all its states are empty, with its pools, and leaves the record", async () => {
  const missing = await update(leave);
  expect(own(missing).map(({ state }) => state)).toEqual(["retired", "retired", "retired"]);
  expect(reasons(missing)).toEqual([
    expect.stringMatching(/^the state of dev\/dev-search .* does not exist/),
  ]);

  deploy("dev-search", ["google_container_cluster", {}]);
  deploy("dev-search-network", ["google_compute_subnetwork", { ip_cidr_range: "10.248.4.0/27" }]);
  expect(reasons(await update(leave))).toEqual([
    "the state of dev/dev-search holds a resource; deploy the emptied stack, which destroys it",
  ]);

  deploy("dev-search");
  expect(reasons(await update(leave))).toEqual([
    expect.stringContaining("dev/dev-search-network holds a resource"),
  ]);
  writeFileSync(join(app, "state/dev-search-network.tfstate"), "{");
  expect(reasons(await update(leave))).toEqual([expect.stringContaining("cannot be read")]);

  deploy("dev-search-network");
  const freed = await update(leave);
  expect(own(freed)).toEqual([]);
  expect(freed.lock.freed.map(({ key }) => key)).toContain("google/europe-west3/dev");
  expect(freed.dropped).toEqual(["dev/dev-search", "dev/dev-search-network"]);
  expect(readFileSync(join(app, "stacks.lock.json"), "utf8")).toContain(`"stacks": []`);
});

test("a cluster that returns before it is freed has its addresses again", async () => {
  const before = AddressPlan.load({ directory: repository.directory }).gke("dev-search");
  const search = repository.plan.clusters["dev-search"]!;
  await update(leave);
  const back = await update(() => (repository.plan.clusters["dev-search"] = search));
  expect(new Set(back.changes.map(({ kind }) => kind))).toEqual(new Set(["restored"]));
  expect(repository.load().gke("dev-search")).toEqual(before);
});

test("growth drains until no consumer mentions it, retires until the network releases it, and is freed", async () => {
  const growth = (percent: number) =>
    update(() => (repository.plan.clusters["dev-search"]!.growthPercent = percent));
  const state = ({ lock }: LockUpdate) =>
    lock.allocations.find(({ key }) => key.endsWith("dev-search/growth"));
  const { cidr } = state(await growth(100))!;
  const { pods } = AddressPlan.load({ directory: repository.directory }).gke("dev-search");
  const range = {
    secondary_ip_range: [
      { range_name: "pods", ip_cidr_range: pods },
      { range_name: "growth", ip_cidr_range: cidr },
    ],
    ip_cidr_range: "10.248.4.0/27",
  };
  deploy("dev-search-network", ["google_compute_subnetwork", range]);
  deploy("dev-search", ["google_container_node_pool", { network_config: [{ pod_range: "growth" }] }]);
  const draining = await growth(0);
  expect([state(draining)?.state, ...reasons(draining)]).toEqual([
    "draining",
    expect.stringContaining("pod_range: growth"),
  ]);

  deploy("dev-search", ["google_container_node_pool", {}]);
  const retired = await growth(0);
  expect([state(retired)?.state, ...reasons(retired)]).toEqual([
    "retired",
    expect.stringContaining("google_compute_subnetwork.it"),
  ]);

  // The reservation stays until the block is freed.
  deploy("dev-search-network", [
    "google_network_connectivity_internal_range",
    { ip_cidr_range: cidr, usage: "FOR_VPC" },
  ]);
  const freed = await growth(0);
  expect(state(freed)).toBeUndefined();
  expect(freed.lock.freed).toEqual([
    expect.objectContaining({ cidr, proof: "dev-search 3f0c2a1b:12, dev-search-network 3f0c2a1b:12" }),
  ]);
});

test("a range that retired before others are deployed drains again: Google does not remove and add at once", async () => {
  const growth = (percent: number) =>
    update(() => (repository.plan.clusters["dev-search"]!.growthPercent = percent));
  const states = ({ lock }: LockUpdate) =>
    lock.allocations.filter(({ key }) => key.includes("dev-search/growth")).map(({ state }) => state);
  const first = await growth(100);
  const cidr = first.lock.allocations.find(({ key }) => key.endsWith("dev-search/growth"))!.cidr;
  const { pods } = AddressPlan.load({ directory: repository.directory }).gke("dev-search");
  const ranges = (...cidrs: string[]) => ({
    secondary_ip_range: cidrs.map((range) => ({ range_name: range, ip_cidr_range: range })),
    ip_cidr_range: "10.248.4.0/27",
  });
  deploy("dev-search-network", ["google_compute_subnetwork", ranges(pods, cidr)]);
  deploy("dev-search", ["google_container_node_pool", {}]);
  expect(states(await growth(0))).toEqual(["retired"]);
  const grown = await update(() => {
    Object.assign(repository.plan.clusters["dev-search"]!, { nodes: 40, pods: 1000 });
  });
  expect(states(grown)).toEqual(["draining"]);
  expect(reasons(grown)).toEqual([expect.stringContaining("deploy the added ones")]);
  const all = grown.lock.allocations.filter(({ key }) => /dev-search\/(pods|growth)/.test(key));
  deploy("dev-search-network", ["google_compute_subnetwork", ranges(...all.map((entry) => entry.cidr))]);
  expect(states(await update(() => undefined))).toEqual(["retired"]);
});

test("shared growth space drains until no autoscaler draws from it, retires until its pool is gone, and is freed", async () => {
  const KEY = "aws/eu-west-1/dev/growth-pods";
  const stacks = [
    recordedStack("dev-apps-autoscaler", { cluster: "dev-apps", kind: "autoscaler" }),
    recordedStack("dev-apps-network", { cluster: "dev-apps", kind: "network" }),
    recordedStack("address-space"),
  ];
  writeFileSync(join(app, "stacks.lock.json"), renderStackRecord({ ...exampleRecord, stacks }));
  const size = (eksGrowth?: string) =>
    update(() => Object.assign(repository.plan.environments["dev"]!.aws!, { eksGrowth }));
  const of = ({ lock, kept }: LockUpdate) => [
    lock.allocations.find(({ key }) => key === KEY)?.state,
    kept.find(({ key }) => key === KEY)?.reason,
  ];
  const { lock } = await size("/18");
  const { cidr } = lock.allocations.find(({ key }) => key === KEY)!;
  const pool: Parameters<typeof deploy>[1][] = [
    ["aws_vpc_ipam_pool", { id: "pool-1", tags: { "cluster-ipam/pool": KEY } }],
    ["aws_vpc_ipam_pool_cidr", { ipam_pool_id: "pool-1", cidr }],
  ];
  deploy("address-space", ...pool);
  const configuration = (growthPools: object) => ({
    environment: [{ variables: { CONFIG: JSON.stringify({ growthPools }) } }],
  });
  deploy("dev-apps-autoscaler", ["aws_lambda_function", configuration({ shared: { cidrs: [cidr] } })]);
  // The backend of the environment's app may be another one.
  expect(of(await size())).toEqual([
    "draining",
    expect.stringMatching(/^the state of dev\/dev-apps-network .* does not exist/),
  ]);
  deploy("dev-apps-network", ["aws_vpc", { cidr_block: "10.240.0.0/24" }]);
  expect(of(await size())).toEqual([
    "draining",
    "aws_lambda_function.it in the state of dev/dev-apps-autoscaler creates subnets in it; deploy the stack, which drains it",
  ]);

  deploy("dev-apps-autoscaler", ["aws_lambda_function", configuration({ drainCidrs: [cidr] })]);
  rmSync(join(app, "state/address-space.tfstate"));
  expect(of(await size())).toEqual(["draining", expect.stringContaining("does not exist")]);

  deploy("address-space", ...pool);
  expect(of(await size())).toEqual([
    "retired",
    `the state of dev/address-space has aws_vpc_ipam_pool_cidr.it with ${cidr}; deploy the stack, which removes it`,
  ]);

  deploy("address-space");
  const freed = await size();
  expect(of(freed)).toEqual([undefined, undefined]);
  expect(freed.lock.freed).toContainEqual({
    ...{ key: KEY, cidr },
    proof: "address-space 3f0c2a1b:12; IPAM not queried: no state has a pool around it",
  });
});

test("a missing lock is not written anew when stacks are recorded", async () => {
  await repository.commit();
  repository.git("rm", "-q", "addresses.lock.json");
  await expect(updateLock(repository.directory, { env: {} })).rejects.toThrow(
    "addresses.lock.json: is missing, but dev/dev-search and 1 more may be deployed with its addresses; restore it: git checkout HEAD -- addresses.lock.json",
  );
  repository.git("checkout", "HEAD", "--", "addresses.lock.json");
  expect(parseLock(readFileSync(join(repository.directory, "addresses.lock.json"), "utf8")).version).toBe(2);
});
