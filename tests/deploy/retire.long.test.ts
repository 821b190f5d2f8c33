import { execFile } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  CreateNetworkInterfaceCommand,
  type CreateNetworkInterfaceCommandOutput,
  DeleteNetworkInterfaceCommand,
  DescribeSubnetsCommand,
  type DescribeSubnetsCommandOutput,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { AddressPlan } from "@cluster-ipam/address-plan";
import { planStacks } from "@cluster-ipam/plan-report";
import { Journal, Store } from "@cluster-ipam/cloud-model";
import { DirectEc2 } from "@cluster-ipam/cloud-model/endpoint";
import { withSandbox } from "@cluster-ipam/sandbox";
import {
  type AutoscalerConfig,
  DEFAULT_POLICY,
  DEFAULT_QUOTAS,
  reconcile,
  sdkEc2,
  sdkEks,
  systemClock,
} from "@cluster-ipam/subnet-autoscaler/runtime";
import { deployReviewed } from "../../.github/automation/src/deploy/deployment";
import { Deployment } from "./deployment";
import { GrowthPool } from "./growth-pool";

// A deployment of prod, and retirements of copies: minutes where the machine is busy.
jest.setTimeout(300_000);

const account = "333333333333";
const payments = ["prod-payments", "prod-payments-autoscaler", "prod-payments-network"];
const search = ["prod-search-system", "prod-search", "prod-search-network"];

const deployed = Deployment.empty();
beforeAll(async () => {
  deployed.synthesize("network");
  deployed.synthesize("prod");
  await deployed.deploy("network");
  await deployed.deploy("prod");
});
afterAll(() => deployed.close());

/** Runs `use` on a copy of what is deployed, whose app no longer composes some stacks. */
async function onCopy(without: readonly string[], use: (copy: Deployment) => Promise<void>): Promise<void> {
  const copy = deployed.copy();
  copy.synthesize("prod", { without });
  await use(copy).finally(() => copy.close());
}

/** One run of the autoscaler, for a cluster that has too few free addresses. @returns the CIDRs of its subnets */
async function grow(deployment: Deployment): Promise<readonly string[]> {
  const { region, zones, name, growth } = AddressPlan.load({ directory: __dirname }).eks("prod-payments");
  return withSandbox(
    async ({ endpoint }) => {
      const client = {
        ...{ region, endpoint: endpoint.url },
        credentials: { accessKeyId: account, secretAccessKey: "test" },
      };
      const clients = [new EC2Client(client), new EKSClient(client)] as const;
      const [ec2, eks] = [sdkEc2(clients[0]), sdkEks(clients[1])];
      const config: AutoscalerConfig = {
        ...{ cluster: name, region, vpcId: (await eks.clusterVpc(name))!, mode: "act" },
        growthPools: { cidrs: growth.map(({ cidr }) => cidr) },
        zones: zones.map((zone) => ({ zone })),
        policy: { ...DEFAULT_POLICY, floorPrefixes: 4_096, netmaskLengths: [22] },
        ...{ quotas: DEFAULT_QUOTAS, metricNamespace: "SubnetAutoscaler" },
      };
      const reporter = { log: () => undefined, publish: () => Promise.resolve() };
      const { steps } = await reconcile({ ec2, eks, config, clock: systemClock, reporter });
      // The sandbox waits for connections that are kept open.
      clients.forEach((each) => each.destroy());
      return steps.flatMap(({ decision }) => (decision.action === "create" ? decision.cidr : []));
    },
    { state: deployment.cloud },
  );
}

const destroyed = (output: string) => [...output.matchAll(/^(\S+): destroying /gm)].map(([, id]) => id);
const plan = (output: string) => output.split("\n").filter((line) => line.includes(": would "));

test("a protected EKS cluster with growth subnets is destroyed, and nothing else", () =>
  onCopy(payments, async (copy) => {
    const grown = await grow(copy);
    expect(grown.length).toBeGreaterThanOrEqual(3);
    const pool = new GrowthPool(copy, copy.addresses().eks("prod-payments"), account);
    const drawn = await pool.draw("prod-payments", 24);
    expect(await pool.allocations()).toEqual([drawn]);
    const others = copy.inventory().filter(({ owner }) => owner !== account);
    expect((await copy.retire("prod", account)).output).toContain(
      "standard input is not a terminal, so nobody can approve; pass --auto-approve",
    );

    const planned = await copy.retire("prod", account, "--plan");
    const lines = plan(planned.output);
    const subnets = lines.filter((line) => line.includes("growth subnet"));
    expect(subnets.sort()).toEqual(
      [...grown, drawn]
        .map((cidr) => `prod-payments-network: would delete the growth subnet ${cidr} of prod-payments`)
        .sort(),
    );
    expect(lines.filter((line) => !subnets.includes(line))).toEqual([
      expect.stringMatching(/^prod-payments: would turn off the deletion protection of aws_eks_cluster/),
      expect.stringMatching(/^prod-payments: would destroy \d+ resources$/),
      expect.stringMatching(/^prod-payments-autoscaler: would destroy \d+ resources$/),
      expect.stringMatching(/^prod-payments-network: would destroy \d+ resources$/),
    ]);

    const { code, output } = await copy.retire("prod", account, "--auto-approve");
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining("npm run addresses") as string,
    });
    expect(destroyed(output)).toEqual(payments);
    expect(copy.inventory()).toEqual(others);
    expect(await pool.allocations()).toEqual([]);
    expect(Object.keys(copy.counts()).filter((type) => /^aws_(eks|vpc$|subnet|iam)/.test(type))).toEqual([]);
    expect(copy.counts()).toMatchObject({ google_container_cluster: 1 });

    const again = await copy.retire("prod", account, "--auto-approve");
    expect({ code: again.code, left: destroyed(again.output) }).toEqual({ code: 0, left: [] });
  }));

test("a network whose growth subnet is in use stays, and the next run continues", () =>
  onCopy(payments, async (copy) => {
    await grow(copy);
    const store = new Store({ journal: new Journal(copy.cloud) });
    const { region } = AddressPlan.load({ directory: __dirname }).eks("prod-payments");
    const ec2 = new DirectEc2({ store, region, account });
    const filter = { Name: "tag:cluster-ipam/autoscaler", Values: ["prod-payments"] };
    const { Subnets } = await ec2.send<DescribeSubnetsCommandOutput>(
      new DescribeSubnetsCommand({ Filters: [filter] }),
    );
    const { NetworkInterface } = await ec2.send<CreateNetworkInterfaceCommandOutput>(
      new CreateNetworkInterfaceCommand({ SubnetId: Subnets![0]!.SubnetId }),
    );
    const refused = await copy.retire("prod", account, "prod-payments-network", "--auto-approve");
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /retire: prod-payments-network: prod-payments(-autoscaler)? uses it and still has \d+ resources; name both/,
      ) as string,
    });
    const { code, output } = await copy.retire("prod", account, "--auto-approve");
    expect({ code, destroyed: destroyed(output) }).toEqual({ code: 1, destroyed: payments.slice(0, 2) });
    expect(output).toMatch(
      /retire: prod-payments-network: the growth subnet subnet-\w+ \(.*\) of prod-payments still has 1/,
    );

    await ec2.send(
      new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: NetworkInterface!.NetworkInterfaceId }),
    );
    const again = await copy.retire("prod", account, "--auto-approve");
    expect({ code: again.code, destroyed: destroyed(again.output) }).toEqual({
      code: 0,
      destroyed: ["prod-payments-network"],
    });
  }));

test("a protected GKE cluster is destroyed; one that is gone already leaves empty states too", () =>
  onCopy([...search, ...payments], async (copy) => {
    const stale = copy.copy();
    stale.synthesize("prod", { without: [...search, ...payments] });
    const { code, output } = await copy.retire("prod", account, "--auto-approve");
    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) as string });
    expect(destroyed(output)).toEqual([...payments, ...search]);
    const statesOf = async (deployment: Deployment) =>
      (await deployment.proveEmpty("prod")).map(({ status }) => status);
    expect(await statesOf(copy)).toEqual(Array.from({ length: 6 }, () => "empty"));

    // Someone deleted everything by hand.
    rmSync(stale.cloud, { recursive: true });
    cpSync(copy.cloud, stale.cloud, { recursive: true });
    const first = await stale.retire("prod", account, "--auto-approve");
    expect(first).toEqual({ code: 1, output: expect.stringContaining("remove its objects") as string });
    const [, command] = /remove its objects from the state first: (terraform .*)/.exec(first.output) ?? [];
    await promisify(execFile)("bash", ["-c", command!]);
    const second = await stale.retire("prod", account, "--auto-approve");
    expect({ ...second, states: await statesOf(stale) }).toEqual({
      ...{ code: 0, output: second.output },
      states: Array.from({ length: 6 }, () => "empty"),
    });
    await stale.close();
  }));

test("the deployment workflow destroys what was reviewed: the stacks that left, protected or not", () =>
  onCopy(search, async (copy) => {
    await copy.withSandbox("prod", async (app, sandboxEnv) => {
      const env = { ...process.env, ...sandboxEnv, AWS_ACCESS_KEY_ID: account };
      const abort = new AbortController().signal;
      await planStacks({ app, against: "deployed", env, abort });
      const reviewed = join(app, "reviewed");
      cpSync(join(app, "plan.out"), join(reviewed, "plan.out"), { recursive: true });
      const lines: string[] = [];
      const root = join(__dirname, "../..");
      const onProgress = (line: string) => void lines.push(line);
      await deployReviewed({ root, app, reviewed, env, abort, onProgress });
      const results = lines.filter((line) => /: (destroyed|deployed|nothing to do)$/.test(line));
      expect(results.slice(-3)).toEqual(search.map((stack) => `${stack}: destroyed`));
      expect(copy.inventory().filter(({ owner }) => owner === "example-prod")).toEqual([]);

      // Its provider looks up a cluster that is gone, so it must not be planned again.
      lines.length = 0;
      await deployReviewed({ root, app, reviewed, env, abort, onProgress });
      expect(lines).toEqual(expect.arrayContaining(search.map((stack) => `${stack}: nothing is left`)));

      // Pull requests are planned until the addresses are freed.
      const planned = await planStacks({ app, stacks: search, against: "deployed", env, abort });
      expect(planned.filter((result) => "failure" in result)).toEqual([]);
    });
  }));
