import { noAnswer, ServiceError } from "@cluster-ipam/cloud-model";
import { Deployment } from "./deployment";
import { LambdaBundleFolder } from "./lambda-process";
import { Permissions } from "./permissions";
import { Scene, type Scenario, SCENARIOS } from "./scenarios";

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

/** The first call of an action meets a fault. @returns whether it has happened */
function arrange(deployment: Deployment, action: string, kind: FaultKind): () => boolean {
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

async function deployed({ network, prepare }: Scenario): Promise<{ scene: Scene; deployment: Deployment }> {
  const scene = await Scene.build(permissions, network);
  await prepare(scene);
  scene.network.pass(1);
  return { scene, deployment: await Deployment.start({ scene, bundle }) };
}

const names = ["attach a CIDR", "close a subnet with an old CNI", "detach a CIDR"];

describe.each(names)("the deployed function, to %s", (name) => {
  const scenario = SCENARIOS[name]!;
  const always = scenario.changes.flatMap((action) => [
    [action, "killed after"] as const,
    [action, "unanswered"] as const,
  ]);
  // What has no effect is the same for every change.
  const [first = ""] = scenario.changes;
  const cases = [...always, [first, "killed before"] as const, [first, "throttled"] as const];

  test.each(cases)("%s %s", async (action, kind) => {
    const { scene, deployment } = await deployed(scenario);
    try {
      const happened = arrange(deployment, action, kind);
      const disturbed = await deployment.invoke();
      expect(happened()).toBe(true);
      expect(disturbed.killed ?? false).toBe(kind.startsWith("killed"));
      // The SDK sends a throttled or unanswered call again, and what is there already is recognised.
      expect(disturbed.failure).toBeUndefined();
      for (let run = 0; run < 3; run++) {
        scene.network.pass(1);
        expect((await deployment.invoke()).failure).toBeUndefined();
      }
      expect([...scene.watch.violations, ...(await scene.watch.leftovers())]).toEqual([]);
      expect(await scenario.reached(scene)).toBe(true);
    } finally {
      await deployment.stop();
    }
  });
});

test("the role has every action that the function calls", async () => {
  const { scene, deployment } = await deployed(SCENARIOS["attach a CIDR"]!);
  try {
    await deployment.invoke();
    const called = new Set(deployment.called);
    for (const action of ["DescribeCluster", "DescribeAddon", "PutEvents", "AssociateVpcCidrBlock"])
      expect(called).toContain(action);
    const allowed = permissions.actions(scene.network);
    expect([...called].filter((action) => !allowed.has(action))).toEqual([]);
  } finally {
    await deployment.stop();
  }
});
