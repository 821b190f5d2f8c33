import fc from "fast-check";
import { type NetworkProps, ZONES } from "./network";
import { type Deed, DEEDS, meddle } from "./person";
import { type Permissions } from "./permissions";
import { FAULTS, type RunProps } from "./run";
import { Scene } from "./scenarios";

/** How a run is disturbed: plain data, so that a history can be printed, shrunk and replayed. */
interface Disturbance extends Omit<RunProps, "deeds"> {
  readonly deeds: readonly { readonly at: number; readonly deed: Deed; readonly which: number }[];
}

/** Something that happens. */
type Moment =
  | { readonly what: "join" | "leave"; readonly zone: string; readonly nodes: number }
  | { readonly what: "wait"; readonly minutes: number }
  | { readonly what: "run"; readonly how: Disturbance }
  | { readonly what: "two runs"; readonly how: readonly [Disturbance, Disturbance] }
  | { readonly what: "person"; readonly deed: Deed; readonly which: number }
  | { readonly what: "pool taken" }
  | { readonly what: "quota reached"; readonly of: "subnets" | "CIDRs" };

/** What happens to a network, one thing after the other. */
export interface History {
  readonly network: NetworkProps;
  readonly moments: readonly Moment[];
}

/** Calls of a run that can be disturbed: a long one makes about 30. */
const MOST_CALLS = 30;
/** Transactions by which a read may lie behind. */
const MOST_LAG = 12;

const call = fc.nat(MOST_CALLS);
const deed = fc.constantFrom(...(Object.keys(DEEDS) as Deed[]));
const which = fc.nat(2);
const sometimes = <T>(arbitrary: fc.Arbitrary<readonly T[]>): fc.Arbitrary<readonly T[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant([] as readonly T[]) }, { weight: 1, arbitrary });

const disturbance: fc.Arbitrary<Disturbance> = fc.record({
  faults: fc.array(fc.record({ at: call, kind: fc.constantFrom(...FAULTS) }), { maxLength: 2 }),
  lags: sometimes(fc.array(fc.nat(MOST_LAG), { minLength: 1, maxLength: 6 })).map((lags) =>
    lags.length === 0 ? [0] : lags,
  ),
  skewMinutes: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -30, max: 30 })),
  pauses: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
  deeds: sometimes(fc.array(fc.record({ at: call, deed, which }), { minLength: 1, maxLength: 2 })),
});

const moment: fc.Arbitrary<Moment> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant("join" as const),
      zone: fc.constantFrom(...ZONES),
      nodes: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant("leave" as const),
      zone: fc.constantFrom(...ZONES),
      nodes: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 6, arbitrary: fc.record({ what: fc.constant("run" as const), how: disturbance }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant("two runs" as const), how: fc.tuple(disturbance, disturbance) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("person" as const), deed, which }) },
  { weight: 1, arbitrary: fc.constant({ what: "pool taken" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("quota reached" as const),
      of: fc.constantFrom("subnets" as const, "CIDRs" as const),
    }),
  },
);

/** Any history. */
export const histories: fc.Arbitrary<History> = fc.record({
  network: fc.record({ planningPool: fc.boolean(), cniVersion: fc.constantFrom("v1.19.0", "v1.23.1") }),
  moments: fc.array(moment, { minLength: 4, maxLength: 14 }),
});

/**
 * Plays a history, lets the autoscaler run three times undisturbed, then takes every node away and lets it give back.
 *
 * @returns what was wrong at some moment, or at the end
 */
export async function play(
  { network, moments }: History,
  permissions: Permissions,
): Promise<readonly string[]> {
  const scene = await Scene.build(permissions, network);
  for (const one of moments) await happen(one, scene);
  scene.network.quotas = {};
  const { violations, refused } = scene.watch;
  const failures = await scene.runEvery(1, 3);
  const leftovers = await scene.watch.leftovers();
  return [...violations, ...refused, ...failures, ...leftovers, ...(await scene.giveBack())];
}

async function happen(moment: Moment, scene: Scene): Promise<void> {
  const { network, watch } = scene;
  const props = ({ deeds, ...how }: Disturbance): RunProps => ({
    ...how,
    deeds: deeds.map(({ at, deed, which }) => ({ at, deed: () => meddle(network, watch, deed, which) })),
  });
  switch (moment.what) {
    case "join":
      for (let node = 0; node < moment.nodes; node++) await network.join(moment.zone);
      return;
    case "leave":
      return network.leave(moment.zone, moment.nodes);
    case "wait":
      return network.pass(moment.minutes);
    case "run":
      network.pass(1);
      return void (await scene.run(props(moment.how)));
    case "two runs":
      network.pass(1);
      return void (await Promise.all(moment.how.map((how) => scene.run(props(how)))));
    case "person":
      return meddle(network, watch, moment.deed, moment.which);
    case "pool taken":
      return network.takePoolCidr();
    case "quota reached":
      network.quotas =
        moment.of === "CIDRs"
          ? { cidrsPerVpc: 3 }
          : { subnetsPerVpc: (await network.ec2.subnets(network.vpcId)).length };
  }
}
