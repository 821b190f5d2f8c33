import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ServiceError } from "@cluster-ipam/cloud-model";
import { CONFIG_VARIABLE } from "@cluster-ipam/subnet-autoscaler/runtime";
import { Deployment, type DeploymentProps } from "./deployment";
import { type Invoked, LambdaBundleFolder } from "./lambda-process";
import { CLUSTER, GROWTH } from "./network";
import { Permissions } from "./permissions";
import { Testbed } from "./scenarios";

const permissions = new Permissions();
let bundle: LambdaBundleFolder;
beforeAll(() => void (bundle = new LambdaBundleFolder()));
afterAll(() => bundle.remove());

/** Runs a test on a cluster that needs a subnet, with its deployed function. */
async function withDeployment<T>(
  work: (deployment: Deployment, testbed: Testbed) => Promise<T>,
  props: Partial<DeploymentProps> = {},
): Promise<T> {
  const testbed = await Testbed.build(permissions);
  await testbed.fill();
  const deployment = await Deployment.start({ testbed, bundle, ...props });
  try {
    return await work(deployment, testbed);
  } finally {
    await deployment.stop();
  }
}

/** The cluster metrics that have alarms. */
function clusterMetrics({ lines }: Invoked): readonly object[] {
  return lines.filter((line) => "_aws" in line).map(({ Heartbeat, failures }) => ({ Heartbeat, failures }));
}

const denied = (action: string) =>
  new ServiceError("UnauthorizedOperation", `You are not authorized to perform ec2:${action}.`, 403);

/** Metrics of a run that could not observe: after five of them the heartbeat alarm is raised. */
const FAILED_OBSERVATION = [{ Heartbeat: 0, failures: 1 }];

test.each([
  [undefined, "SUBNET_AUTOSCALER_CONFIG: not set; deploy the function with its construct"],
  ["cluster: prod", "SUBNET_AUTOSCALER_CONFIG: not valid JSON; deploy the function with its construct"],
  ["{}", "SUBNET_AUTOSCALER_CONFIG.cluster: expected a string; redeploy the construct"],
])("configuration %s fails with one sentence, before any AWS call", async (value, message) => {
  const env = { [CONFIG_VARIABLE]: value };
  await withDeployment(
    async (deployment) => {
      expect(await deployment.invoke()).toMatchObject({ failure: message, lines: [] });
      expect(deployment.called).toEqual([]);
    },
    { env },
  );
});

test("an approval that is not a list is rejected before any AWS call", async () => {
  await withDeployment(async (deployment) => {
    const invoked = await deployment.invoke({ approve: "create 100.64.4.0/26" });
    expect(invoked.failure).toBe(
      'invocation: approve is not a list of change ids; use { "approve": ["create 100.64.64.0/22 eu-central-1a full"] }',
    );
    expect(deployment.called).toEqual([]);
  });
});

test.each(["DescribeSubnets", "DescribeNetworkInterfaces", "GetIpamPoolAllocations"])(
  "without permission for %s nothing is changed and the alarms are raised",
  async (action) => {
    await withDeployment(async (deployment) => {
      deployment.before = (call) => (call.action === action ? denied(action) : undefined);
      const invoked = await deployment.invoke();
      expect(invoked.failure).toBe(
        `ec2:${action}: access denied (UnauthorizedOperation); allow ec2:${action} in the role's policy`,
      );
      expect(invoked.stack).toBeUndefined();
      expect(deployment.changes).toEqual([]);
      expect(clusterMetrics(invoked)).toEqual(FAILED_OBSERVATION);
    });
  },
);

test("without permission to wire the subnet stays closed, and runs fail until it is granted", async () => {
  await withDeployment(async (deployment, testbed) => {
    deployment.before = ({ action }) => (action === "AssociateRouteTable" ? denied(action) : undefined);
    const invoked = await deployment.invoke();
    expect(invoked.failure).toBe(
      `${CLUSTER}: create 100.64.4.0/26 eu-central-1a fragmented: ec2:AssociateRouteTable: access denied (UnauthorizedOperation); allow ec2:AssociateRouteTable in the role's policy`,
    );
    expect(clusterMetrics(invoked)).toEqual([{ Heartbeat: 0, failures: 1 }]);
    expect(await testbed.open()).toBe(0);

    deployment.before = () => undefined;
    expect((await deployment.invoke()).failure).toBeUndefined();
    expect([await testbed.open(), ...(await testbed.invariants.leftovers())]).toEqual([1]);
  });
});

test("a missing cluster fails with one sentence that explains the cleanup", async () => {
  await withDeployment(
    async (deployment) => {
      const invoked = await deployment.invoke();
      expect(invoked.failure).toBe(
        `${CLUSTER}: no such EKS cluster in eu-central-1; destroy its autoscaler, then run subnet-autoscaler drain`,
      );
      expect(deployment.changes).toEqual([]);
      expect(clusterMetrics(invoked)).toEqual(FAILED_OBSERVATION);
    },
    { cluster: false },
  );
});

test("an unreachable API fails with one sentence and raises the alarms", async () => {
  const testbed = await Testbed.build(permissions);
  const deployment = await Deployment.start({ testbed, bundle });
  await deployment.stopCloud();
  try {
    const invoked = await deployment.invoke();
    expect(invoked.failure).toMatch(
      /^(ec2|eks):\w+: no response \(.*\); check the network path to the AWS endpoint$/,
    );
    expect(clusterMetrics(invoked)).toEqual(FAILED_OBSERVATION);
  } finally {
    await deployment.stop();
  }
});

describe("the command", () => {
  const program = join(__dirname, "../../../packages/subnet-autoscaler/bin/subnet-autoscaler.js");
  const command = (args: readonly string[], env: NodeJS.ProcessEnv) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const options = { env: { ...env, NODE_NO_WARNINGS: "1" } };
      execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
  const inFile = (value: object): string => {
    const path = join(bundle.path, `${Object.keys(value).length}.json`);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };

  test("plan prints what the next run would do and changes nothing", async () => {
    await withDeployment(async (deployment, { network }) => {
      const args = ["plan", "--cluster", CLUSTER, "--config", inFile(network.config)];
      const { code, stdout } = await command(args, deployment.environment);
      expect([code, stdout]).toEqual([0, expect.stringContaining("create 100.64.4.0/26")]);
      expect(deployment.changes).toEqual([]);
    });
  });

  test.each([
    [
      "another cluster",
      (config: object) => ({ ...config, cluster: "dev" }),
      `the configuration is for cluster dev, not ${CLUSTER}`,
    ],
    [
      "an invalid CIDR",
      (config: object) => ({ ...config, growthPools: { cidrs: [GROWTH.replace("/24", "/40")] } }),
      "a canonical IPv4 CIDR",
    ],
  ])("rejects a configuration with %s in one sentence", async (_, change, message) => {
    await withDeployment(async (deployment, { network }) => {
      const args = ["status", "--cluster", CLUSTER, "--config", inFile({ ...change(network.config) })];
      const { code, stdout, stderr } = await command(args, deployment.environment);
      expect([code, stdout, stderr.trim().split("\n").length]).toEqual([1, "", 1]);
      expect(stderr).toContain(message);
      expect(deployment.called).toEqual([]);
    });
  });

  test.each(["status", "plan"])("%s names the missing permission in one sentence", async (name) => {
    await withDeployment(async (deployment, { network }) => {
      deployment.before = ({ action }) => (action === "DescribeSubnets" ? denied(action) : undefined);
      const args = [name, "--cluster", CLUSTER, "--config", inFile(network.config)];
      expect(await command(args, deployment.environment)).toEqual({
        code: 1,
        stdout: "",
        stderr:
          "ec2:DescribeSubnets: access denied (UnauthorizedOperation); allow ec2:DescribeSubnets in the role's policy\n",
      });
    });
  });
});
