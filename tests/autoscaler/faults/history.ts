import fc from "fast-check";
import { type NetworkProps, ZONES } from "./network";
import { type Intervention, INTERVENTIONS, intervene } from "./operator";
import { type Permissions } from "./permissions";
import { FAULTS, type RunProps } from "./run";
import { Testbed } from "./scenarios";

/** How a run is disrupted, as plain data, so that a history can be printed, shrunk and replayed. */
interface Disruption extends Omit<RunProps, "interventions" | "process"> {
  readonly interventions: readonly {
    readonly at: number;
    readonly intervention: Intervention;
    readonly which: number;
  }[];
}

/** An event in a history. */
type HistoryEvent =
  | { readonly kind: "join" | "leave"; readonly zone: string; readonly nodes: number }
  | { readonly kind: "burst"; readonly nodes: number }
  | { readonly kind: "more pods"; readonly zone: string }
  | { readonly kind: "abandoned" }
  | { readonly kind: "wait"; readonly minutes: number }
  | { readonly kind: "run"; readonly how: Disruption }
  | { readonly kind: "two runs"; readonly how: readonly [Disruption, Disruption] }
  | { readonly kind: "operator"; readonly intervention: Intervention; readonly which: number }
  | { readonly kind: "pool taken" }
  | { readonly kind: "quota reached"; readonly of: "subnets" | "CIDRs" };

/** A sequence of events in a network. */
export interface History {
  readonly network: NetworkProps;
  /** Whether the runs are of one warm process, which remembers what it read. */
  readonly warm: boolean;
  readonly events: readonly HistoryEvent[];
}

/** Index of the last call that can be disrupted; a long run makes about 30 calls. */
const MAX_CALLS = 30;
/** Maximum number of transactions by which a read is stale. */
const MAX_LAG = 12;

const call = fc.nat(MAX_CALLS);
const intervention = fc.constantFrom(...(Object.keys(INTERVENTIONS) as Intervention[]));
const which = fc.nat(2);
const sometimes = <T>(arbitrary: fc.Arbitrary<readonly T[]>): fc.Arbitrary<readonly T[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant([] as readonly T[]) }, { weight: 1, arbitrary });

const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
/** Actions that a role may lack while it has the others. */
const DENIABLE = [
  "AssociateVpcCidrBlock",
  "CreateSubnetCidrReservation",
  "DeleteSubnet",
  "DisassociateVpcCidrBlock",
  "ReplaceNetworkAclAssociation",
  "GetSubnetCidrReservations",
];

const disruption: fc.Arbitrary<Disruption> = fc.record({
  faults: fc.array(fc.record({ at: call, kind: fc.constantFrom(...FAULTS) }), { maxLength: 2 }),
  lags: sometimes(fc.array(fc.nat(MAX_LAG), { minLength: 1, maxLength: 6 })).map((lags) =>
    lags.length === 0 ? [0] : lags,
  ),
  skewMinutes: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: -30, max: 30 }) },
    // The clock jumps by up to a day.
    fc.integer({ min: -1440, max: 1440 }),
  ),
  denied: rarely(fc.constantFrom(...DENIABLE)),
  throttledFrom: rarely(call),
  secondsPerCall: rarely(fc.integer({ min: 1, max: 10 })),
  writer: rarely(fc.constantFrom("eu-central-1/one", "us-east-1/two")),
  pauses: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
  interventions: sometimes(
    fc.array(fc.record({ at: call, intervention, which }), { minLength: 1, maxLength: 2 }),
  ),
});

const event: fc.Arbitrary<HistoryEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("join" as const),
      zone: fc.constantFrom(...ZONES),
      nodes: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("leave" as const),
      zone: fc.constantFrom(...ZONES),
      nodes: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("burst" as const), nodes: fc.integer({ min: 10, max: 25 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("run" as const), how: disruption }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("two runs" as const), how: fc.tuple(disruption, disruption) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("more pods" as const), zone: fc.constantFrom(...ZONES) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "abandoned" as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("operator" as const), intervention, which }) },
  { weight: 1, arbitrary: fc.constant({ kind: "pool taken" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("quota reached" as const),
      of: fc.constantFrom("subnets" as const, "CIDRs" as const),
    }),
  },
);

/** An arbitrary history. */
export const histories: fc.Arbitrary<History> = fc.record({
  network: fc.record({
    planningPool: fc.boolean(),
    sharedPool: fc.boolean(),
    cniVersion: fc.constantFrom("v1.19.0", "v1.23.1"),
    knowsNodeShape: fc.boolean(),
  }),
  warm: fc.boolean(),
  events: fc.array(event, { minLength: 4, maxLength: 14 }),
});

/**
 * Plays a history, runs the autoscaler three times without faults, then removes every node and lets it reclaim.
 *
 * @returns violations of invariants during the history and at its end
 */
export async function play(
  { network, warm, events }: History,
  permissions: Permissions,
): Promise<readonly string[]> {
  const testbed = await Testbed.build(permissions, network);
  if (warm) testbed.warm();
  for (const event of events) await apply(event, testbed);
  testbed.network.quotas = {};
  testbed.network.namedSubnets = [];
  const { violations, refused } = testbed.invariants;
  // A warm process reads everything again after ten minutes.
  const failures = await testbed.runEvery(warm ? 4 : 1, 3);
  const leftovers = await testbed.invariants.leftovers();
  const last = network.knowsNodeShape ? (await testbed.run()).run : undefined;
  const forgotten = last === undefined ? [] : await testbed.invariants.forgottenNodes(last);
  const unreturned = await testbed.reclaim();
  return [...violations, ...refused, ...failures, ...leftovers, ...forgotten, ...unreturned];
}

async function apply(event: HistoryEvent, testbed: Testbed): Promise<void> {
  const { network, invariants } = testbed;
  const props = ({ interventions, ...how }: Disruption): RunProps => ({
    ...how,
    interventions: interventions.map(({ at, intervention, which }) => ({
      at,
      intervention: () => intervene(network, invariants, intervention, which),
    })),
  });
  switch (event.kind) {
    case "join":
      for (let node = 0; node < event.nodes; node++) await network.join(event.zone);
      return;
    case "burst":
      for (let node = 0; node < event.nodes; node++) for (const zone of ZONES) await network.join(zone);
      return;
    case "more pods":
      return network.morePods(event.zone);
    case "abandoned":
      return abandon(testbed);
    case "leave":
      return network.leave(event.zone, event.nodes);
    case "wait":
      return network.pass(event.minutes);
    case "run":
      network.pass(1);
      return void (await testbed.run(props(event.how)));
    case "two runs":
      network.pass(1);
      // Only one of two processes at a time is the warm one.
      return void (await Promise.all(
        event.how.map((how, index) =>
          testbed.run({ ...props(how), ...(index > 0 && { process: undefined }) }),
        ),
      ));
    case "operator":
      return intervene(network, invariants, event.intervention, event.which);
    case "pool taken":
      return network.takePoolCidr();
    case "quota reached":
      network.quotas =
        event.of === "CIDRs"
          ? { cidrsPerVpc: 3 }
          : { subnetsPerVpc: (await network.ec2.subnets(network.vpcId)).length };
  }
}

/** Runs long enough to reclaim everything, and then to be stuck: a node group names the empty subnets. */
const RUNS_TO_BE_STUCK = 30;

/** Removes every node while a node group names the growth subnets, until the quiet end of the history. */
async function abandon(testbed: Testbed): Promise<void> {
  const { network } = testbed;
  network.namedSubnets = (await network.growthSubnets()).map(({ id }) => id);
  for (const zone of ZONES) await network.leave(zone);
  await testbed.runEvery(1, RUNS_TO_BE_STUCK);
}
