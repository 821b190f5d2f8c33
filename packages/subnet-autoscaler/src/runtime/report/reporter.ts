/** Where a run reports what it does. */
export interface Reporter {
  /** Writes one structured log line: a decision, or metrics in CloudWatch's embedded metric format. */
  log(line: Readonly<Record<string, unknown>>): void;
  /** Publishes one event per change that was made or awaits approval. */
  publish(event: ChangeEvent): Promise<void>;
}

/** Source of the events on the event bus. */
export const EVENT_SOURCE = "cluster-ipam.subnet-autoscaler";

/** An event on the event bus. */
export interface ChangeEvent {
  readonly detailType: "Subnet Autoscaler Change" | "Subnet Autoscaler Approval Needed";
  readonly detail: Readonly<Record<string, unknown>> & { readonly id: string; readonly cluster: string };
}
