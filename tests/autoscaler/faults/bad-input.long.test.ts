import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ServiceError } from "@cluster-ipam/cloud-model";
import { CONFIG_VARIABLE } from "@cluster-ipam/subnet-autoscaler/runtime";
import { Deployment, type DeploymentProps } from "./deployment";
import { type Invoked, LambdaBundleFolder } from "./lambda-process";
import { CLUSTER, GROWTH } from "./network";
import { Permissions } from "./permissions";
import { Scene } from "./scenarios";

const permissions = new Permissions();
let bundle: LambdaBundleFolder;
beforeAll(() => void (bundle = new LambdaBundleFolder()));
afterAll(() => bundle.remove());

/** A cluster that needs a subnet, and its function. */
async function withDeployment<T>(
  work: (deployment: Deployment, scene: Scene) => Promise<T>,
  props: Partial<DeploymentProps> = {},
): Promise<T> {
  const scene = await Scene.build(permissions);
  await scene.fill();
  const deployment = await Deployment.start({ scene, bundle, ...props });
  try {
    return await work(deployment, scene);
  } finally {
    await deployment.stop();
  }
}

/** The metrics of the cluster that the alarms look at. */
function clusterMetrics({ lines }: Invoked): readonly object[] {
  return lines
    .filter((line) => "_aws" in line && !("Zone" in line))
    .map(({ Heartbeat, Failures }) => ({ Heartbeat, Failures }));
}

const refused = (action: string) =>
  new ServiceError("UnauthorizedOperation", `You are not authorized to perform ec2:${action}.`, 403);

/** A run that could not look: the alarm on failures goes off, and the one on the heartbeat after it. */
const BLIND = [{ Heartbeat: undefined, Failures: 1 }];

test.each([
  [undefined, "SUBNET_AUTOSCALER_CONFIG: it is not set; deploy the function with its construct"],
  ["cluster: prod", "SUBNET_AUTOSCALER_CONFIG: it is no JSON; deploy the function with its construct"],
  ["{}", "SUBNET_AUTOSCALER_CONFIG.cluster: expected a text; deploy the construct again"],
])("configuration %s: one sentence, and no call to AWS", async (value, message) => {
  const env = { [CONFIG_VARIABLE]: value };
  await withDeployment(
    async (deployment) => {
      expect(await deployment.invoke()).toMatchObject({ failure: message, lines: [] });
      expect(deployment.called).toEqual([]);
    },
    { env },
  );
});

test("an approval that is no list is refused before anything is looked at", async () => {
  await withDeployment(async (deployment) => {
    const invoked = await deployment.invoke({ approve: "create 100.64.4.0/26" });
    expect(invoked.failure).toBe(
      'invocation: approve is no list; write { "approve": ["create 100.64.64.0/22"] }',
    );
    expect(deployment.called).toEqual([]);
  });
});

test.each(["DescribeSubnets", "DescribeNetworkInterfaces", "GetIpamPoolAllocations"])(
  "a role that may not %s: nothing is done, and the alarms go off",
  async (action) => {
    await withDeployment(async (deployment) => {
      deployment.before = (call) => (call.action === action ? refused(action) : undefined);
      const invoked = await deployment.invoke();
      expect(invoked.failure).toBe(
        `ec2:${action}: the role may not do this (UnauthorizedOperation); allow ec2:${action} in its policy`,
      );
      expect(invoked.stack).toBeUndefined();
      expect(deployment.changes).toEqual([]);
      expect(clusterMetrics(invoked)).toEqual(BLIND);
    });
  },
);

test("a role that may not wire: the subnet stays dark, and the run fails until it may", async () => {
  await withDeployment(async (deployment, scene) => {
    deployment.before = ({ action }) => (action === "AssociateRouteTable" ? refused(action) : undefined);
    const invoked = await deployment.invoke();
    expect(invoked.failure).toBe(
      `${CLUSTER}: create 100.64.4.0/26: ec2:AssociateRouteTable: the role may not do this (UnauthorizedOperation); allow ec2:AssociateRouteTable in its policy`,
    );
    expect(clusterMetrics(invoked)).toEqual([{ Heartbeat: 1, Failures: 1 }]);
    expect(await scene.open()).toBe(0);

    deployment.before = () => undefined;
    expect((await deployment.invoke()).failure).toBeUndefined();
    expect([await scene.open(), ...(await scene.watch.leftovers())]).toEqual([1]);
  });
});

test("a cluster that is gone: one sentence that says how to clean up", async () => {
  await withDeployment(
    async (deployment) => {
      const invoked = await deployment.invoke();
      expect(invoked.failure).toBe(
        `${CLUSTER}: there is no such EKS cluster in eu-central-1; destroy its autoscaler, then run subnet-autoscaler drain`,
      );
      expect(deployment.changes).toEqual([]);
      expect(clusterMetrics(invoked)).toEqual(BLIND);
    },
    { cluster: false },
  );
});

test("an API that is down: one sentence, and the alarms go off", async () => {
  const scene = await Scene.build(permissions);
  const deployment = await Deployment.start({ scene, bundle });
  await deployment.stopCloud();
  try {
    const invoked = await deployment.invoke();
    expect(invoked.failure).toMatch(/^(ec2|eks):\w+: no answer \(.*\); check the way to AWS's endpoint$/);
    expect(clusterMetrics(invoked)).toEqual(BLIND);
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

  test("prints what the next run would do, and does nothing", async () => {
    await withDeployment(async (deployment, { network }) => {
      const args = ["plan", "--cluster", CLUSTER, "--config", inFile(network.config)];
      const { code, stdout } = await command(args, deployment.environment);
      expect([code, stdout]).toEqual([0, expect.stringContaining("create 100.64.4.0/26")]);
      expect(deployment.changes).toEqual([]);
    });
  });

  test.each([
    ["another cluster", (config: object) => ({ ...config, cluster: "dev" }), `it is of dev, not ${CLUSTER}`],
    [
      "a CIDR that is none",
      (config: object) => ({ ...config, growthPools: { cidrs: [GROWTH.replace("/24", "/40")] } }),
      "a canonical IPv4 CIDR",
    ],
  ])("refuses a configuration of %s in one sentence", async (_, change, message) => {
    await withDeployment(async (deployment, { network }) => {
      const args = ["status", "--cluster", CLUSTER, "--config", inFile({ ...change(network.config) })];
      const { code, stdout, stderr } = await command(args, deployment.environment);
      expect([code, stdout, stderr.trim().split("\n").length]).toEqual([1, "", 1]);
      expect(stderr).toContain(message);
      expect(deployment.called).toEqual([]);
    });
  });

  test.each(["status", "plan"])("says in one sentence which permission %s lacks", async (name) => {
    await withDeployment(async (deployment, { network }) => {
      deployment.before = ({ action }) => (action === "DescribeSubnets" ? refused(action) : undefined);
      const args = [name, "--cluster", CLUSTER, "--config", inFile(network.config)];
      expect(await command(args, deployment.environment)).toEqual({
        code: 1,
        stdout: "",
        stderr:
          "ec2:DescribeSubnets: the role may not do this (UnauthorizedOperation); allow ec2:DescribeSubnets in its policy\n",
      });
    });
  });
});
