import { act, type Outcome } from "./act";
import { AutoscalerError } from "./autoscaler-error";
import { type AutoscalerConfig } from "./config";
import { decide } from "./decide";
import { type Change, changeId, type Decision, isNote } from "./decision";
import { type Clock, type Ec2, type Eks } from "./ec2";
import { History } from "./history";
import { clusterMetrics, failureMetric, zoneMetrics } from "./metrics";
import { type Observation } from "./observation";
import { observe } from "./observe";
import { zoneView } from "./zone-view";

/** Where a run says what it does. */
export interface Report {
  /** One structured line: a decision, or metrics in CloudWatch's embedded format. */
  write(line: Readonly<Record<string, unknown>>): void;
  /** One event a change that was made, or that waits for approval. */
  event(event: ChangeEvent): Promise<void>;
}

/** Source of the events on the bus. */
export const EVENT_SOURCE = "cluster-ipam.subnet-autoscaler";

/** An event, as it goes to the bus. */
export interface ChangeEvent {
  readonly detailType: "Subnet Autoscaler Change" | "Subnet Autoscaler Approval Needed";
  readonly detail: Readonly<Record<string, unknown>> & { readonly id: string; readonly cluster: string };
}

export interface ReconcileProps {
  readonly ec2: Ec2;
  readonly eks: Eks;
  readonly config: AutoscalerConfig;
  readonly clock: Clock;
  readonly report: Report;
  /** What earlier runs of the same process saw. @default nothing: the interfaces' attach times stand in */
  readonly history?: History;
  /** Ids of the changes that are approved, see {@link changeId}; read in the mode `approve` only. @default none */
  readonly approved?: readonly string[];
  /** No change is begun after this time, epoch milliseconds. @default none */
  readonly deadline?: number;
}

/** A decision and what came of it. */
export interface RunStep {
  readonly decision: Decision;
  /** Absent for advice and for what the mode only announces. */
  readonly outcome?: Outcome | { readonly result: "failed"; readonly why: string };
}

/** What a run saw and did. */
export interface Run {
  readonly observation: Observation;
  readonly steps: readonly RunStep[];
}

/**
 * One run: looks, decides, acts, reports. A change that fails does not stop the others.
 *
 * @throws AutoscalerError when it could not look, or when a change failed
 */
export async function reconcile(props: ReconcileProps): Promise<Run> {
  const { ec2, eks, config, clock, report, history = new History() } = props;
  const observation = await observe({ ec2, eks, config, now: clock.now(), history }).catch(
    (error: unknown) => {
      report.write(failureMetric(config, clock.now()));
      throw error;
    },
  );
  const decisions = decide(observation, config);
  const steps: RunStep[] = [];
  const unreported: string[] = [];
  for (const decision of decisions) {
    const step = await take(decision, observation, props);
    steps.push(step);
    report.write(decisionLine(config, step));
    await announce(step, props, history).catch((error: Error) => unreported.push(error.message));
  }
  history.keepAnnouncements(new Set(decisions.filter(isChange).map(changeId)));
  writeMetrics(observation, steps, unreported.length, props);
  const failures = steps.flatMap(({ decision, outcome }) =>
    isChange(decision) && outcome?.result === "failed" ? [`${changeId(decision)}: ${outcome.why}`] : [],
  );
  const problems = [...failures, ...new Set(unreported)];
  if (problems.length > 0) throw new AutoscalerError(config.cluster, problems.join("; "));
  return { observation, steps };
}

function isChange(decision: Decision): decision is Change {
  return decision.action !== "none";
}

async function take(decision: Decision, observation: Observation, props: ReconcileProps): Promise<RunStep> {
  const { ec2, config, clock, approved = [], deadline = Infinity } = props;
  if (!isChange(decision) || config.mode === "dry-run") return { decision };
  if (config.mode === "approve" && !isNote(decision) && !approved.includes(changeId(decision)))
    return { decision };
  if (clock.now() >= deadline)
    return { decision, outcome: { result: "postponed", why: "the run has no time left" } };
  const references = new Map(
    observation.zones.flatMap(({ zone, referenceSubnetId: id }) => (id === undefined ? [] : [[zone, id]])),
  );
  try {
    const outcome = await act(decision, { ec2, config, clock, cni: observation.cni, references });
    return { decision, outcome };
  } catch (error) {
    if (!(error instanceof AutoscalerError)) throw error;
    return { decision, outcome: { result: "failed", why: error.message } };
  }
}

function decisionLine({ cluster, mode }: AutoscalerConfig, { decision, outcome }: RunStep) {
  return {
    level: outcome?.result === "failed" ? "error" : decision.action === "none" ? "warn" : "info",
    cluster,
    mode,
    ...decision,
    ...(outcome ?? (isChange(decision) && { result: "announced", id: changeId(decision) })),
  };
}

async function announce(step: RunStep, { config, report }: ReconcileProps, history: History): Promise<void> {
  const { decision, outcome } = step;
  if (!isChange(decision) || isNote(decision)) return;
  const detail = { id: changeId(decision), cluster: config.cluster, vpcId: config.vpcId, ...decision };
  if (outcome?.result === "done") await report.event({ detailType: "Subnet Autoscaler Change", detail });
  else if (outcome === undefined && config.mode === "approve" && history.announce(detail.id))
    await report.event({ detailType: "Subnet Autoscaler Approval Needed", detail });
}

function writeMetrics(
  observation: Observation,
  steps: readonly RunStep[],
  unreported: number,
  { config, report }: ReconcileProps,
): void {
  const count = (result: string): number => steps.filter(({ outcome }) => outcome?.result === result).length;
  for (const zone of observation.zones)
    report.write(zoneMetrics(config, zoneView(observation, zone, config.policy), observation.now));
  report.write(
    clusterMetrics(config, observation, {
      failures: count("failed") + unreported,
      changes: count("done"),
      advice: steps.filter(({ decision }) => decision.action === "none").length,
    }),
  );
}
