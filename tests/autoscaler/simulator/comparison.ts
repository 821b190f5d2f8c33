import { EKS_SETUPS } from "./eks-setups";
import { GKE_SETUPS } from "./gke-setups";
import { FIRST_NODES, FORECAST_NODES, PODS_PER_NODE, type Setup } from "./setup";
import { type Trace, trace } from "./trace";

/** Minutes of a comparison: one day. */
export const MINUTES = 24 * 60;
/** Pods when little is asked for. */
export const LOW = FIRST_NODES * PODS_PER_NODE;
/** Pods at the peak of every trace: three times the forecast. */
export const PEAK = 3 * FORECAST_NODES * PODS_PER_NODE;

/** How the demand grows. */
export interface NamedTrace {
  readonly name: string;
  readonly description: string;
  readonly pods: Trace;
}

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

export const SETUPS: readonly Setup[] = [...EKS_SETUPS, ...GKE_SETUPS];

/** What a setup did with a trace. */
export interface Outcome {
  readonly setup: string;
  /** Addresses reserved per running pod, on average over the day. */
  readonly meanPerPod: number;
  /** The same in the minute in which it is highest. */
  readonly peakPerPod: number;
  /** Addresses reserved at most. */
  readonly mostReserved: number;
  /** Minutes that pods lacked an address, summed over the pods. */
  readonly pendingMinutes: number;
  /** Changes that a person made. */
  readonly operations: number;
}

/** Runs one setup through one trace. */
export async function compare({ name, build }: Setup, { pods }: NamedTrace): Promise<Outcome> {
  const subject = await build();
  let [sum, peakPerPod, mostReserved, pendingMinutes] = [0, 0, 0, 0];
  for (let minute = 0; minute < MINUTES; minute++) {
    await subject.pass(minute, pods(minute));
    const reserved = await subject.reserved();
    const perPod = reserved / subject.running;
    sum += perPod;
    peakPerPod = Math.max(peakPerPod, perPod);
    mostReserved = Math.max(mostReserved, reserved);
    pendingMinutes += subject.pending;
  }
  return {
    setup: name,
    meanPerPod: sum / MINUTES,
    peakPerPod,
    mostReserved,
    pendingMinutes,
    operations: subject.operations,
  };
}
