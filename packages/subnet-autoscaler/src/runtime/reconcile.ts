import { act } from "./act/act";
import { type AutoscalerConfig } from "./config/config";
import { decide } from "./decide/decide";
import { type Advice, changeId, type Decision, isBookkeeping, isChange, isMade } from "./decide/decision";
import { zoneView } from "./decide/zone-view";
import { AutoscalerError } from "./errors/autoscaler-error";
import { look, type LookProps } from "./look";
import { History } from "./observe/history";
import { type Observation } from "./observe/observation";
import { failureLine, type MetricLine, runLine } from "./report/metrics";
import { type Reporter } from "./report/reporter";
import { type RunStep, stepEvent, stepLine } from "./report/run-step";

/** Input of {@link reconcile}. */
export interface ReconcileProps extends LookProps {
  readonly reporter: Reporter;
  /** Memory of earlier runs of the same process. @default empty: the interfaces' attach times replace it */
  readonly history?: History;
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
  const take = async (decision: Decision): Promise<RunStep> => {
    const step = await takeStep(decision, observation, props);
    steps.push(step);
    reporter.log(stepLine(config, step));
    await publish(step, props, history).catch((error: Error) => publishErrors.push(error.message));
    return step;
  };
  for (const decision of await drawFirst(observation, decisions, props, take)) await take(decision);
  for (const decision of stuckChanges(steps, history)) await take(decision);
  const due = steps.map(({ decision }) => decision).filter(isChange);
  history.pruneAnnouncements(new Set(due.map(changeId)));
  reporter.log(lineOf(observation, steps, publishErrors.length, config));
  forgetChanged(steps, props);
  const failures = steps.flatMap(({ decision, result }) =>
    isChange(decision) && result?.status === "failed" ? [`${changeId(decision)}: ${result.message}`] : [],
  );
  const errors = [...failures, ...new Set(publishErrors)];
  if (errors.length > 0) throw new AutoscalerError(config.cluster, errors.join("; "));
  return { observation, steps };
}

/** What a change made is read again by the next run. */
function forgetChanged(steps: readonly RunStep[], { memory, config }: ReconcileProps): void {
  const done = steps.filter(({ result }) => result?.status === "done").map(({ decision }) => decision);
  if (done.length > 0) memory?.forgetSubnets(config.vpcId);
  if (done.some((decision) => isChange(decision) && !isBookkeeping(decision))) memory?.forgetSettings();
}

/**
 * Takes the decisions that draw CIDRs from the shared growth pool, and decides the rest again with them: which CIDR it is,
 * IPAM says only then, and a burst does not wait for the next run.
 *
 * @returns the decisions that are not taken yet
 */
async function drawFirst(
  observation: Observation,
  decisions: readonly Decision[],
  { ec2, config }: ReconcileProps,
  take: (decision: Decision) => Promise<RunStep>,
): Promise<readonly Decision[]> {
  const draws = ({ action }: Decision): boolean => action === "attach-shared";
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
      isChange(decision) && (result?.status === "postponed" || result?.status === "out-of-time")
        ? [[changeId(decision), result.message]]
        : [],
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
  const { ec2, eks, config, clock, deadline = Infinity } = props;
  if (!isMade(decision, config.mode, props.approved)) return { decision };
  if (clock.now() >= deadline)
    return { decision, result: { status: "out-of-time", message: "the next run makes the change" } };
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
