import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { AddressPlan } from "@cluster-ipam/address-plan";
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
import { Deployment } from "./deployment";

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
    expect(grown).toHaveLength(3);
    const others = copy.inventory().filter(({ owner }) => owner !== account);
    expect((await copy.retire("prod", account)).output).toContain(
      "standard input is not a terminal, so nobody can approve; pass --auto-approve",
    );

    const planned = await copy.retire("prod", account, "--plan");
    expect(plan(planned.output)).toEqual([
      expect.stringMatching(/^prod-payments: would turn off the deletion protection of aws_eks_cluster/),
      "prod-payments: would destroy 19 resources",
      expect.stringMatching(/^prod-payments-autoscaler: would destroy \d+ resources$/),
      ...grown.map(
        (cidr) => `prod-payments-network: would delete the growth subnet ${cidr} of prod-payments`,
      ),
      expect.stringMatching(/^prod-payments-network: would destroy \d+ resources$/),
    ]);

    const { code, output } = await copy.retire("prod", account, "--auto-approve");
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining("npm run addresses") as string,
    });
    expect(destroyed(output)).toEqual(payments);
    expect(copy.inventory()).toEqual(others);
    expect(Object.keys(copy.counts()).filter((type) => /^aws_(eks|vpc$|subnet|iam)/.test(type))).toEqual([]);
    expect(copy.counts()).toMatchObject({ google_container_cluster: 1 });

    const again = await copy.retire("prod", account, "--auto-approve");
    expect({ code: again.code, left: destroyed(again.output) }).toEqual({ code: 0, left: [] });
  }));
