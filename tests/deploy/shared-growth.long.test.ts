import { Prefix } from "@cluster-ipam/address-plan";
import { standardTags } from "@cluster-ipam/blueprint-core";
import { EksClusterStack, EksNetworkStack } from "@cluster-ipam/eks-cni";
import { SubnetAutoscalerStack } from "@cluster-ipam/subnet-autoscaler";
import { describedChanges } from "../plan/described-change";
import { type Variant } from "../plan/synthesis";
import { Deployment } from "./deployment";
import { GrowthPool } from "./growth-pool";

// The address space and two clusters by the CLI: minutes where the machine is busy.
jest.setTimeout(300_000);

const account = "222222222222";
const clusters = ["dev-apps", "dev-lab"] as const;
const autoscalers = clusters.map((name) => `${name}-autoscaler`);
const eks = clusters.flatMap((name) => [`${name}-network`, name, `${name}-autoscaler`]);

const lab = `  dev-lab:
    cloud: aws
    environment: dev
    region: eu-west-1
    zones: [eu-west-1a, eu-west-1b]
    instanceType: m7i.large
    nodes: 4
    pods: 100
`;

/** A second cluster, isolated and without growth of its own. */
const more: Variant["more"] = (app, addresses) => {
  const tags = standardTags({ environment: "dev" });
  const own = { tags, deletionProtection: false };
  const { contract: network } = new EksNetworkStack(app, "dev-lab-network", {
    ...{ ...own, addresses: addresses.eks("dev-lab"), accountId: account, natGateways: "none" },
  });
  const size = { min: 1, desired: 1, max: 2 };
  const { contract } = new EksClusterStack(app, "dev-lab", {
    ...{
      ...own,
      network,
      version: "1.34",
      nodeGroups: [{ name: "general", instanceType: "m7i.large", size }],
    },
  });
  new SubnetAutoscalerStack(app, "dev-lab-autoscaler", { tags, contract });
};

const deployed = Deployment.empty();
beforeAll(async () => {
  const { code, output } = await deployed.updateAddresses(account, (text) => text + lab);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("added") as string });
  deployed.synthesize("network", { addresses: deployed.addresses() });
  await deployed.deploy("network");
  deployed.synthesize("dev", { addresses: deployed.addresses(), more });
  await deployed.deploy("dev", ...eks);
});
afterAll(() => deployed.close());

async function plannedChanges(): Promise<readonly string[]> {
  const workspace = await deployed.workspace("dev");
  return describedChanges(await Promise.all(eks.map((stack) => workspace.plan(stack))));
}

test("two clusters draw different CIDRs from one pool, which is theirs until the plan drains it", async () => {
  const cluster = deployed.addresses().eks("dev-lab");
  const pool = new GrowthPool(deployed, cluster, account);
  const space = cluster.sharedGrowth[0]!.cidr;
  const drawn = [await pool.draw("dev-apps", 24), await pool.draw("dev-lab", 26)] as const;
  const [apps, other] = drawn.map((cidr) => Prefix.parse(cidr));
  expect(drawn.every((cidr) => Prefix.parse(space).contains(Prefix.parse(cidr)))).toBe(true);
  expect(apps!.overlaps(other!)).toBe(false);
  expect(await pool.allocations()).toEqual(expect.arrayContaining([...drawn]));
  // The pool's rules bound what a cluster takes in one step.
  for (const length of [19, 27]) await expect(pool.draw("dev-lab", length)).rejects.toThrow(/netmask/i);
  expect(await plannedChanges()).toEqual([]);

  const draining = await deployed.updateAddresses(account, (text) => text.replace(", eksGrowth: /18", ""));
  expect(draining.output).toMatch(/aws\/eu-west-1\/dev\/growth-pods .* draining: kept until nothing uses it/);
  expect(draining.output).toMatch(
    /stays draining: aws_lambda_function\.\S+ in the state of dev\/dev-apps-autoscaler/,
  );

  deployed.synthesize("dev", { addresses: deployed.addresses(), more });
  const workspace = await deployed.workspace("dev");
  for (const stack of autoscalers) await workspace.apply(stack);
  const kept = await deployed.updateAddresses(account);
  expect(kept.output).toMatch(
    /stays draining: IPAM ipam-pool-\S+ has \S+ allocated to vpc vpc-\S+ of account 222222222222, and 1 more in it; let the subnet autoscaler, or npx retire, empty and detach it/,
  );

  const planned = await deployed.retire("dev", account, "--plan");
  expect(planned.output).toContain(`dev-apps: would detach ${drawn[0]}, drawn from the growth pool`);
  const retired = await deployed.retire("dev", account, "--auto-approve");
  expect({ code: retired.code, output: retired.output }).toEqual({
    code: 0,
    output: expect.stringContaining(
      `dev-lab: detached ${drawn[1]}, which returns to the growth pool`,
    ) as string,
  });
  expect(await pool.allocations()).toEqual([]);

  const unused = await deployed.updateAddresses(account);
  expect(unused.output).toMatch(/dev\/growth-pods .* retired: taken until it is proven free/);
  deployed.synthesize("network", { addresses: deployed.addresses() });
  await deployed.deploy("network");
  expect(deployed.inventory().filter(({ cidr }) => cidr === space)).toEqual([]);
  expect((await deployed.updateAddresses(account)).output).toMatch(
    /- aws\/eu-west-1\/dev\/growth-pods .* freed: /,
  );
});
