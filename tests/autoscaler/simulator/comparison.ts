import { ADDRESSES_PER_PREFIX } from "@cluster-ipam/address-plan";
import { EKS_SETUPS, SHARED_NODE_LENGTH, SHARED_POD_LENGTH } from "./eks-setups";
import { GKE_SETUPS } from "./gke-setups";
import { FIRST_NODES, FORECAST_NODES, PODS_PER_NODE, type Setup } from "./setup";
import { ZONES } from "./simulated-vpc";
import { type Corner, type Trace, trace } from "./trace";

/** Minutes per comparison: one day. */
export const MINUTES = 24 * 60;
/** Pods at low demand. */
export const LOW = FIRST_NODES * PODS_PER_NODE;
/** Pods at the peak of every trace: three times the forecast. */
export const PEAK = 3 * FORECAST_NODES * PODS_PER_NODE;

/** A trace of the demand over a day. */
export interface NamedTrace {
  readonly name: string;
  readonly description: string;
  readonly pods: Trace;
}

/** The traces of the comparison. */
export const TRACES: readonly NamedTrace[] = [
  {
    name: "Steady",
    description: `from ${LOW} to ${PEAK} pods over the day, in a straight line`,
    pods: trace([0, LOW], [MINUTES - 60, PEAK]),
  },
  {
    name: "Burst",
    description: `${LOW} pods; at 08:00 ten minutes up to ${PEAK}, an hour there, ten minutes back`,
    pods: trace([480, LOW], [490, PEAK], [550, PEAK], [560, LOW]),
  },
  {
    name: "Batch at night",
    description: `${LOW} pods; from 01:00 to 05:00 a batch brings ${PEAK}, with half an hour up and down`,
    pods: trace([60, LOW], [90, PEAK], [270, PEAK], [300, LOW]),
  },
  {
    name: "Day and night",
    description: `filled with 2900 pods in the first hour, then between ${PEAK / 2} pods at 05:00 and ${PEAK} at 13:00, over half of them there all day. The shape is that of the Azure Functions trace of 2019 (Shahrad et al., "Serverless in the Wild", 2020): a constant half, and a daily wave on top`,
    pods: trace([0, LOW], [60, 2900], [300, PEAK / 2], [540, 3600], [780, PEAK], [1080, 4300], [1440, 2900]),
  },
  {
    name: "Waves of jobs",
    description: `${2 * LOW} pods, and eight waves of unequal size that rise in ten minutes and fall in an hour or two; the largest reaches ${PEAK}. The shape is that of the Google cluster trace of 2019 (Tirmazi et al., "Borg: the Next Generation", 2020): jobs arrive in bursts, and a few of them are most of the load`,
    pods: trace(
      ...waves([1, 2400], [4, 1800], [7, PEAK], [10, 2100], [13, 3000], [16, 1700], [18, 3600], [21, 2000]),
    ),
  },
];

/** Waves over a base of twice the low demand. @param tops hour and pods of each */
function waves(...tops: readonly (readonly [hour: number, pods: number])[]): readonly Corner[] {
  const base = 2 * LOW;
  return tops.flatMap(([hour, pods]): Corner[] => {
    const start = hour * 60;
    return [
      [start, base],
      [start + 10, pods],
      [start + 40, base + (pods - base) / 2],
      [start + 100, base],
    ];
  });
}

/** The setups of the comparison. */
export const SETUPS: readonly Setup[] = [...EKS_SETUPS, ...GKE_SETUPS];

/** Result of a setup with a trace. */
export interface ComparisonResult {
  readonly setup: string;
  /** Addresses reserved per running pod, mean over the day. */
  readonly meanPerPod: number;
  /** Highest addresses reserved per running pod. */
  readonly peakPerPod: number;
  /** Highest number of reserved addresses. */
  readonly mostReserved: number;
  /** Minutes without an address, summed over all pods. */
  readonly pendingMinutes: number;
  /** Manual changes. */
  readonly operations: number;
}

/**
 * The fewest addresses per pod with a shared growth pool, mean over a trace: what was planned for day 0, and as soon as it is
 * full, the prefixes that the nodes hold, as if subnets and CIDRs were of any size and there at once.
 *
 * @param prefixesPerNode /28 prefixes that a node with its pods holds
 */
export function eksFloor({ pods }: NamedTrace, prefixesPerNode: number): number {
  const size = (length: number): number => ZONES.length * 2 ** (32 - length);
  const perNode = prefixesPerNode * ADDRESSES_PER_PREFIX + 1;
  let sum = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    const held = Math.ceil(pods(minute) / PODS_PER_NODE) * perNode;
    sum += (size(SHARED_NODE_LENGTH) + Math.max(size(SHARED_POD_LENGTH), held)) / pods(minute);
  }
  return sum / MINUTES;
}

/** Simulates a setup with a trace. */
export async function compare({ name, build }: Setup, { pods }: NamedTrace): Promise<ComparisonResult> {
  const model = await build();
  let [sum, peakPerPod, mostReserved, pendingMinutes] = [0, 0, 0, 0];
  for (let minute = 0; minute < MINUTES; minute++) {
    await model.pass(minute, pods(minute));
    const reserved = await model.reserved();
    const perPod = reserved / model.running;
    sum += perPod;
    peakPerPod = Math.max(peakPerPod, perPod);
    mostReserved = Math.max(mostReserved, reserved);
    pendingMinutes += model.pending;
  }
  return {
    setup: name,
    meanPerPod: sum / MINUTES,
    peakPerPod,
    mostReserved,
    pendingMinutes,
    operations: model.operations,
  };
}
