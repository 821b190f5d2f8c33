import { act } from "./act/act";
import { type Clock } from "./cloud/clock";
import { type Ec2 } from "./cloud/ec2";
import { type Eks } from "./cloud/eks";
import { type AutoscalerConfig } from "./config/config";
import { decide } from "./decide/decide";
import { type Advice, changeId, type Decision, isBookkeeping, isChange } from "./decide/decision";
import { zoneView } from "./decide/zone-view";
import { AutoscalerError } from "./errors/autoscaler-error";
import { History } from "./observe/history";
import { type Observation } from "./observe/observation";
import { observe } from "./observe/observe";
import { clusterMetrics, failureMetric, zoneMetrics } from "./report/metrics";
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
  const { ec2, eks, config, clock, reporter, history = new History() } = props;
  const observation = await observe({ ec2, eks, config, now: clock.now(), history }).catch(
    (error: unknown) => {
      reporter.log(failureMetric(config, clock.now()));
      throw error;
    },
  );
  const steps: RunStep[] = [];
  const publishErrors: string[] = [];
  const take = async (decision: Decision): Promise<RunStep> => {
    const step = await takeStep(decision, observation, props);
    steps.push(step);
    reporter.log(stepLine(config, step));
    await publish(step, props, history).catch((error: Error) => publishErrors.push(error.message));
    return step;
  };
  const decisions = await decideWithSharedPool(observation, props, take);
  for (const decision of decisions) await take(decision);
  for (const decision of stuckChanges(steps, history)) await take(decision);
  history.pruneAnnouncements(
    new Set(
      steps
        .map(({ decision }) => decision)
        .filter(isChange)
        .map(changeId),
    ),
  );
  logMetrics(observation, steps, publishErrors.length, props);
  const failures = steps.flatMap(({ decision, result }) =>
    isChange(decision) && result?.status === "failed" ? [`${changeId(decision)}: ${result.message}`] : [],
  );
  const errors = [...failures, ...new Set(publishErrors)];
  if (errors.length > 0) throw new AutoscalerError(config.cluster, errors.join("; "));
  return { observation, steps };
}

/**
 * Decides. CIDRs from the shared growth pool are attached first, and the rest is decided again with them: which CIDR it is, IPAM
 * says only then, and a burst does not wait for the next run.
 *
 * @returns the decisions that are not taken yet
 */
async function decideWithSharedPool(
  observation: Observation,
  { ec2, config }: ReconcileProps,
  take: (decision: Decision) => Promise<RunStep>,
): Promise<readonly Decision[]> {
  const draws = ({ action }: Decision): boolean => action === "attach-shared";
  const decisions = decide(observation, config);
  let isAttached = false;
  for (const decision of decisions.filter(draws))
    isAttached = (await take(decision)).result?.status === "done" || isAttached;
  if (!isAttached) return decisions.filter((decision) => !draws(decision));
  const vpcCidrs = await ec2.vpcCidrs(config.vpcId);
  return decide({ ...observation, vpcCidrs }, config).filter((decision) => !draws(decision));
}

/** Runs in a row that may postpone a change before it is reported. */
const MAX_POSTPONED = 10;

/** Advice on changes that are postponed run after run: something waits for a person, and nobody would know. */
function stuckChanges(steps: readonly RunStep[], history: History): Advice[] {
  const postponed = new Map(
    steps.flatMap(({ decision, result }) =>
      isChange(decision) && result?.status === "postponed" ? [[changeId(decision), result.message]] : [],
    ),
  );
  return [...history.recordPostponed([...postponed.keys()])]
    .filter(([, runs]) => runs > MAX_POSTPONED)
    .map(([id, runs]) => ({
      action: "none",
      cause: "stuck",
      reason: `${id} was postponed in ${runs} runs in a row: ${postponed.get(id)}`,
      advice: "remove what it waits for, or read the function's log",
    }));
}

async function takeStep(
  decision: Decision,
  observation: Observation,
  props: ReconcileProps,
): Promise<RunStep> {
  const { ec2, eks, config, clock, approved = [], deadline = Infinity } = props;
  if (!isChange(decision) || config.mode === "dry-run") return { decision };
  if (config.mode === "approve" && !isBookkeeping(decision) && !approved.includes(changeId(decision)))
    return { decision };
  if (clock.now() >= deadline)
    return { decision, result: { status: "postponed", message: "the run has no time left" } };
  const references = new Map(
    observation.zones.flatMap(({ zone, referenceSubnetId: id }) => (id === undefined ? [] : [[zone, id]])),
  );
  try {
    const result = await act(decision, { ec2, eks, config, clock, cni: observation.cni, references });
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

function logMetrics(
  observation: Observation,
  steps: readonly RunStep[],
  publishErrors: number,
  { config, reporter }: ReconcileProps,
): void {
  const count = (status: string): number => steps.filter(({ result }) => result?.status === status).length;
  for (const zone of observation.zones)
    reporter.log(zoneMetrics(config, zoneView(observation, zone, config), observation.now));
  reporter.log(
    clusterMetrics(config, observation, {
      failures: count("failed") + publishErrors,
      changes: count("done"),
      advice: steps.filter(({ decision }) => decision.action === "none").length,
    }),
  );
}
