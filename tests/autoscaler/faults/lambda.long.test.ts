import { noAnswer, ServiceError } from "@cluster-ipam/cloud-model";
import { Deployment } from "./deployment";
import { LambdaBundleFolder } from "./lambda-process";
import { Permissions } from "./permissions";
import { Testbed, type Scenario, SCENARIOS } from "./scenarios";

const permissions = new Permissions();
let bundle: LambdaBundleFolder;
beforeAll(() => void (bundle = new LambdaBundleFolder()));
afterAll(() => bundle.remove());

type FaultKind = "killed before" | "killed after" | "unanswered" | "throttled";

const TIMES: Readonly<Record<FaultKind, "before" | "after">> = {
  throttled: "before",
  "killed before": "before",
  "killed after": "after",
  unanswered: "after",
};

/** Injects a fault into the first call of an action. @returns whether it has happened */
function injectFault(deployment: Deployment, action: string, kind: FaultKind): () => boolean {
  let happened = false;
  deployment[TIMES[kind]] = (call) => {
    if (happened || call.action !== action) return undefined;
    happened = true;
    if (kind.startsWith("killed")) deployment.kill();
    return kind === "throttled"
      ? new ServiceError("RequestLimitExceeded", "Request limit exceeded.", 503)
      : noAnswer();
  };
  return () => happened;
}

async function deploy({ network, prepare }: Scenario): Promise<{ testbed: Testbed; deployment: Deployment }> {
  const testbed = await Testbed.build(permissions, network);
  await prepare(testbed);
  testbed.network.pass(1);
  return { testbed, deployment: await Deployment.start({ testbed, bundle }) };
}

const names = ["attach a CIDR", "close a subnet with an old CNI", "detach a CIDR"];

describe.each(names)("the deployed function: %s", (name) => {
  const scenario = SCENARIOS[name]!;
  const afterEffect = scenario.changes.flatMap((action) => [
    [action, "killed after"] as const,
    [action, "unanswered"] as const,
  ]);
  // A call without effect is the same for every change.
  const [first = ""] = scenario.changes;
  const cases = [...afterEffect, [first, "killed before"] as const, [first, "throttled"] as const];

  test.each(cases)("%s %s", async (action, kind) => {
    const { testbed, deployment } = await deploy(scenario);
    try {
      const happened = injectFault(deployment, action, kind);
      const disrupted = await deployment.invoke();
      expect(happened()).toBe(true);
      expect(disrupted.killed ?? false).toBe(kind.startsWith("killed"));
      // The SDK retries a throttled or unanswered call, and the runtime recognizes an existing result.
      expect(disrupted.failure).toBeUndefined();
      for (let run = 0; run < 3; run++) {
        testbed.network.pass(1);
        expect((await deployment.invoke()).failure).toBeUndefined();
      }
      expect([...testbed.invariants.violations, ...(await testbed.invariants.leftovers())]).toEqual([]);
      expect(await scenario.reached(testbed)).toBe(true);
    } finally {
      await deployment.stop();
    }
  });
});

test("the role allows every action that the function calls", async () => {
  const { testbed, deployment } = await deploy(SCENARIOS["attach a CIDR"]!);
  try {
    await deployment.invoke();
    const called = new Set(deployment.called);
    for (const action of ["DescribeCluster", "DescribeAddon", "PutEvents", "AssociateVpcCidrBlock"])
      expect(called).toContain(action);
    const allowed = permissions.actions(testbed.network);
    expect([...called].filter((action) => !allowed.has(action))).toEqual([]);
  } finally {
    await deployment.stop();
  }
});
