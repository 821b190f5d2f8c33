import { act } from "./act/act";
import { type Clock } from "./cloud/clock";
import { ACTING, type CloudMemory, LOOKING } from "./cloud/cloud-memory";
import { type Ec2 } from "./cloud/ec2";
import { type Eks } from "./cloud/eks";
import { type AutoscalerConfig } from "./config/config";
import { decide } from "./decide/decide";
import { type Change, changeId, type Decision, isBookkeeping, isChange } from "./decide/decision";
import { zoneView } from "./decide/zone-view";
import { AutoscalerError } from "./errors/autoscaler-error";
import { History } from "./observe/history";
import { type Observation } from "./observe/observation";
import { observe } from "./observe/observe";
import { failureLine, type MetricLine, runLine } from "./report/metrics";
import { type Reporter } from "./report/reporter";
import { type RunStep, stepEvent, stepLine } from "./report/run-step";

/** Input of {@link reconcile}. */
export interface ReconcileProps {
  readonly ec2: Ec2;
  readonly eks: Eks;
  readonly config: AutoscalerConfig;
  readonly clock: Clock;
  readonly reporter: Reporter;
  /** Memory of earlier runs of the same process. @default empty: the interfaces' attach times replace it */
  readonly history?: History;
  /** Ids of approved changes, see {@link changeId}; used in mode `approve` only. @default none */
  readonly approved?: readonly string[];
  /** What earlier runs of the same process read. @default every run reads everything */
  readonly memory?: CloudMemory;
  /** No change starts after this time, epoch milliseconds. @default none */
  readonly deadline?: number;
}

/** What a run observed and did. */
export interface Run {
  readonly observation: Observation;
  readonly steps: readonly RunStep[];
}

/**
 * One run: observes, decides, acts and reports. A failed change does not stop the others.
 *
 * @throws AutoscalerError when the observation or a change failed
 */
export async function reconcile(props: ReconcileProps): Promise<Run> {
  const { config, clock, reporter, history = new History() } = props;
  const { observation, decisions } = await look(props, history).catch((error: unknown) => {
    reporter.log(failureLine(config, clock.now()));
    throw error;
  });
  const steps: RunStep[] = [];
  const publishErrors: string[] = [];
  for (const decision of decisions) {
    const step = await takeStep(decision, observation, props);
    steps.push(step);
    reporter.log(stepLine(config, step));
    await publish(step, props, history).catch((error: Error) => publishErrors.push(error.message));
  }
  history.pruneAnnouncements(new Set(decisions.filter(isChange).map(changeId)));
  reporter.log(lineOf(observation, steps, publishErrors.length, config));
  if (steps.some(({ result }) => result?.status === "done")) props.memory?.forgetSubnets(config.vpcId);
  const failures = steps.flatMap(({ decision, result }) =>
    isChange(decision) && result?.status === "failed" ? [`${changeId(decision)}: ${result.message}`] : [],
  );
  const errors = [...failures, ...new Set(publishErrors)];
  if (errors.length > 0) throw new AutoscalerError(config.cluster, errors.join("; "));
  return { observation, steps };
}

interface Look {
  readonly observation: Observation;
  readonly decisions: readonly Decision[];
}

/** Observes and decides. What an earlier run read is enough to find nothing to do, but not to make a change. */
async function look(props: ReconcileProps, history: History): Promise<Look> {
  const { ec2, eks, config, clock, memory } = props;
  const now = clock.now();
  const lookWith = async (reads: Pick<ReconcileProps, "ec2" | "eks">): Promise<Look> => {
    const observation = await observe({ ...reads, config, now, history });
    return { observation, decisions: decide(observation, config) };
  };
  if (memory === undefined) return lookWith({ ec2, eks });
  const recalled = memory.recall({ ec2, eks }, now, LOOKING);
  const first = await lookWith(recalled);
  const isActing = first.decisions.some((decision) => isMade(decision, props));
  const isFresh = recalled.oldest < ACTING.settings;
  const last = isActing && !isFresh ? await lookWith(memory.recall({ ec2, eks }, now, ACTING)) : first;
  memory.watch(config.cluster, subnetsNearFloor(last.observation, config));
  return last;
}

/** A zone with this many times its target is not near the floor. */
const NEAR_FLOOR = 2;

function subnetsNearFloor(observation: Observation, config: AutoscalerConfig): readonly string[] {
  return observation.zones
    .map((zone) => zoneView(observation, zone, config))
    .filter(({ freePrefixes, targetPrefixes }) => freePrefixes < NEAR_FLOOR * targetPrefixes)
    .flatMap(({ podSubnets }) => podSubnets.map(({ id }) => id));
}

/** Whether the run makes a decision's change, if it has time. */
function isMade(decision: Decision, { config, approved = [] }: ReconcileProps): decision is Change {
  if (!isChange(decision) || config.mode === "dry-run") return false;
  return config.mode === "act" || isBookkeeping(decision) || approved.includes(changeId(decision));
}

async function takeStep(
  decision: Decision,
  observation: Observation,
  props: ReconcileProps,
): Promise<RunStep> {
  const { ec2, config, clock, deadline = Infinity } = props;
  if (!isMade(decision, props)) return { decision };
  if (clock.now() >= deadline)
    return { decision, result: { status: "out-of-time", message: "the next run makes the change" } };
  const references = new Map(
    observation.zones.flatMap(({ zone, referenceSubnetId: id }) => (id === undefined ? [] : [[zone, id]])),
  );
  try {
    const result = await act(decision, { ec2, config, clock, cni: observation.cni, references });
    return { decision, result };
  } catch (error) {
    if (!(error instanceof AutoscalerError)) throw error;
    return { decision, result: { status: "failed", message: error.message } };
  }
}

/** Publishes the event of a step; an approval is requested once. */
async function publish(step: RunStep, { config, reporter }: ReconcileProps, history: History): Promise<void> {
  const event = stepEvent(config, step);
  if (event === undefined) return;
  if (step.result === undefined && !history.announce(event.detail.id)) return;
  await reporter.publish(event);
}

function lineOf(
  observation: Observation,
  steps: readonly RunStep[],
  publishErrors: number,
  config: AutoscalerConfig,
): MetricLine {
  const count = (status: string): number => steps.filter(({ result }) => result?.status === status).length;
  const zones = observation.zones.map((zone) => zoneView(observation, zone, config));
  return runLine(config, observation, zones, {
    failures: count("failed") + publishErrors,
    changes: count("done"),
    advice: steps.filter(({ decision }) => decision.action === "none").length,
    outOfTime: count("out-of-time"),
  });
}
