import { EKS_SETUPS } from "./eks-setups";
import { GKE_SETUPS } from "./gke-setups";
import { FIRST_NODES, FORECAST_NODES, PODS_PER_NODE, type Setup } from "./setup";
import { type Trace, trace } from "./trace";

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
];

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
