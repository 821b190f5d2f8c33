import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseLock } from "@cluster-ipam/address-plan";
import { type BlockUse } from "@cluster-ipam/sandbox";
import { describedChanges } from "../plan/described-change";
import { type EnvironmentName, environments } from "../plan/planned-stacks";
import { Deployment } from "./deployment";

const deployed = Deployment.empty();
beforeAll(async () => {
  for (const environment of environments) {
    deployed.synthesize(environment);
    await deployed.deploy(environment);
  }
});
afterAll(() => deployed.close());

const planOf = async (deployment: Deployment, environment: EnvironmentName) => {
  const workspace = await deployment.workspace(environment);
  return describedChanges(await Promise.all(workspace.stacks.map((stack) => workspace.plan(stack))));
};

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

test("every address in the lock is what stands, except what Google has no object for", () => {
  const stands = new Set(deployed.standing().map(({ use, cidr }) => `${use} ${cidr}`));
  const lock = parseLock(readFileSync(join(__dirname, "../../addresses.lock.json"), "utf8"));
  const absent = lock.allocations.filter(({ key, cidr }) => !stands.has(`${useOf(key)} ${cidr}`));
  expect(absent.map(({ key }) => key)).toEqual([
    // Google has no pools: IPAM reserves the Region's block, and internal ranges fence the clusters.
    "google/europe-west3/prod",
    "google/europe-west3/prod/gke",
    "google/europe-west4/dev",
    "google/europe-west4/dev/gke",
    // Auto IPAM takes these when it needs them.
    "google/europe-west4/dev/gke/dev-search/growth",
    "google/europe-west4/dev/gke/dev-search/pods",
  ]);
});

test.each(environments)("%s: what is deployed is what is planned", async (environment) => {
  expect(await planOf(deployed, environment)).toEqual([]);
});
