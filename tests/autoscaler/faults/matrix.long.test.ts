import { type Intervention, INTERVENTIONS, intervene } from "./operator";
import { Permissions } from "./permissions";
import { FAULTS, type RunProps } from "./run";
import { Testbed, type Scenario, SCENARIOS } from "./scenarios";

const permissions = new Permissions();

async function prepared({ network, prepare }: Scenario): Promise<Testbed> {
  const testbed = await Testbed.build(permissions, network);
  await prepare(testbed);
  testbed.network.pass(1);
  return testbed;
}

/** Problems after a disrupted run and three more, and whether the goal is reached. */
async function outcome(scenario: Scenario, disrupt: (testbed: Testbed) => Promise<unknown>) {
  const testbed = await prepared(scenario);
  await disrupt(testbed);
  await testbed.runEvery(1, 3);
  const { violations, refused } = testbed.invariants;
  const problems = [...violations, ...refused, ...(await testbed.invariants.leftovers())];
  await testbed.runEvery(2, (scenario.patience ?? 0) / 2);
  return { problems, reached: await scenario.reached(testbed) };
}

/** Calls on a subnet whose ownership the autoscaler has just checked. */
const ON_SUBNET =
  /^(AssociateRouteTable|ReplaceNetworkAclAssociation|CreateTags|DescribeNetworkInterfaces|DeleteSubnet)$/;

const healthy = { problems: [], reached: true };

describe.each(Object.entries(SCENARIOS))("%s", (_, scenario) => {
  let calls: readonly string[];
  beforeAll(async () => {
    const testbed = await prepared(scenario);
    ({ calls } = await testbed.run());
    expect(calls.filter((call) => !/^(Describe|Get)/.test(call))).toEqual(scenario.changes);
    expect(testbed.invariants.refused).toEqual([]);
  });

  /** Repeats the run with the same disruption at each of its calls. */
  const atEachCall = async (props: (at: number, testbed: Testbed) => RunProps) => {
    const outcomes = [];
    for (const [at, call] of calls.entries())
      outcomes.push({ call, ...(await outcome(scenario, (testbed) => testbed.run(props(at, testbed)))) });
    return outcomes;
  };

  test.each(FAULTS)("each call %s", async (kind) => {
    const outcomes = await atEachCall((at) => ({ faults: [{ at, kind }] }));
    expect(outcomes).toEqual(calls.map((call) => ({ call, ...healthy })));
  });

  test("stale reads", async () => {
    for (const lag of [1, 2, 3, 5, 8, 13])
      for (const lags of [[lag], [lag, 0], [0, 0, lag]])
        expect([lags, await outcome(scenario, (testbed) => testbed.run({ lags }))]).toEqual([lags, healthy]);
  });

  test("two concurrent runs", async () => {
    for (let late = 0; late < 24; late++) {
      const pauses = [late, 3 * (late % 2), 0, 1];
      const both = async (testbed: Testbed) => {
        const ended = await Promise.all([testbed.run({ pauses }), testbed.run({ pauses: [1] })]);
        expect(ended.map(({ failure }) => failure?.message)).toEqual([undefined, undefined]);
      };
      expect([pauses, await outcome(scenario, both)]).toEqual([pauses, healthy]);
    }
  });

  test("a skewed clock", async () => {
    for (const skewMinutes of [-90, -10, 10, 90]) {
      const { problems } = await outcome(scenario, (testbed) => testbed.run({ skewMinutes }));
      expect([skewMinutes, problems]).toEqual([skewMinutes, []]);
    }
  });

  test("a subnet that an operator takes over before the last ownership check is not touched", async () => {
    const checks = [...calls.keys()].filter(
      (at) => calls[at] === "DescribeSubnets" && ON_SUBNET.test(calls[at + 1] ?? ""),
    );
    for (const at of checks) {
      const testbed = await prepared(scenario);
      const { network, invariants } = testbed;
      await testbed.run({
        interventions: [{ at, intervention: () => intervene(network, invariants, "takes it over", 0) }],
      });
      expect([calls[at + 1], invariants.tooLate]).toEqual([calls[at + 1], []]);
    }
  });

  test.each(Object.keys(INTERVENTIONS) as Intervention[])(
    "an operator %s during the run",
    async (intervention) => {
      const outcomes = await atEachCall((at, { network, invariants }) => ({
        interventions: [{ at, intervention: () => intervene(network, invariants, intervention, 0) }],
      }));
      expect(outcomes.filter(({ problems }) => problems.length > 0)).toEqual([]);
    },
  );
});
