import { type Deed, DEEDS, meddle } from "./person";
import { Permissions } from "./permissions";
import { FAULTS, type RunProps } from "./run";
import { Scene, type Scenario, SCENARIOS } from "./scenarios";

const permissions = new Permissions();

async function prepared({ network, prepare }: Scenario): Promise<Scene> {
  const scene = await Scene.build(permissions, network);
  await prepare(scene);
  scene.network.pass(1);
  return scene;
}

/** What is wrong after a disturbed run and three others, and whether the aim is reached. */
async function outcome(scenario: Scenario, disturb: (scene: Scene) => Promise<unknown>) {
  const scene = await prepared(scenario);
  await disturb(scene);
  await scene.runEvery(1, 3);
  const { violations, refused } = scene.watch;
  const problems = [...violations, ...refused, ...(await scene.watch.leftovers())];
  await scene.runEvery(2, (scenario.patience ?? 0) / 2);
  return { problems, reached: await scenario.reached(scene) };
}

/** Changes of a subnet that the autoscaler has looked at just before. */
const ON_SUBNET =
  /^(AssociateRouteTable|ReplaceNetworkAclAssociation|CreateTags|DescribeNetworkInterfaces|DeleteSubnet)$/;

const fine = { problems: [], reached: true };

describe.each(Object.entries(SCENARIOS))("%s", (_, scenario) => {
  let calls: readonly string[];
  beforeAll(async () => {
    const scene = await prepared(scenario);
    ({ calls } = await scene.run());
    expect(calls.filter((call) => !/^(Describe|Get)/.test(call))).toEqual(scenario.changes);
    expect(scene.watch.refused).toEqual([]);
  });

  /** The same disturbance at each call of the run. */
  const atEachCall = async (props: (at: number, scene: Scene) => RunProps) => {
    const outcomes = [];
    for (const [at, call] of calls.entries())
      outcomes.push({ call, ...(await outcome(scenario, (scene) => scene.run(props(at, scene)))) });
    return outcomes;
  };

  test.each(FAULTS)("each call of it %s", async (kind) => {
    const outcomes = await atEachCall((at) => ({ faults: [{ at, kind }] }));
    expect(outcomes).toEqual(calls.map((call) => ({ call, ...fine })));
  });

  test("each read lies behind", async () => {
    for (const lag of [1, 2, 3, 5, 8, 13])
      for (const lags of [[lag], [lag, 0], [0, 0, lag]])
        expect([lags, await outcome(scenario, (scene) => scene.run({ lags }))]).toEqual([lags, fine]);
  });

  test("two runs make it at once", async () => {
    for (let late = 0; late < 24; late++) {
      const pauses = [late, 3 * (late % 2), 0, 1];
      const both = async (scene: Scene) => {
        const ended = await Promise.all([scene.run({ pauses }), scene.run({ pauses: [1] })]);
        expect(ended.map(({ failure }) => failure?.message)).toEqual([undefined, undefined]);
      };
      expect([pauses, await outcome(scenario, both)]).toEqual([pauses, fine]);
    }
  });

  test("the clock is wrong", async () => {
    for (const skewMinutes of [-90, -10, 10, 90]) {
      const { problems } = await outcome(scenario, (scene) => scene.run({ skewMinutes }));
      expect([skewMinutes, problems]).toEqual([skewMinutes, []]);
    }
  });

  test("what a person takes over before the last look at it is not touched", async () => {
    const looks = [...calls.keys()].filter(
      (at) => calls[at] === "DescribeSubnets" && ON_SUBNET.test(calls[at + 1] ?? ""),
    );
    for (const at of looks) {
      const scene = await prepared(scenario);
      const { network, watch } = scene;
      await scene.run({ deeds: [{ at, deed: () => meddle(network, watch, "takes it over", 0) }] });
      expect([calls[at + 1], watch.tooLate]).toEqual([calls[at + 1], []]);
    }
  });

  test.each(Object.keys(DEEDS) as Deed[])("meanwhile a person %s", async (deed) => {
    const outcomes = await atEachCall((at, { network, watch }) => ({
      deeds: [{ at, deed: () => meddle(network, watch, deed, 0) }],
    }));
    expect(outcomes.filter(({ problems }) => problems.length > 0)).toEqual([]);
  });
});
