/** A simulated cluster of a comparison. */
export interface ClusterModel {
  /** Simulates a minute. @param pods number of pods requested */
  pass(minute: number, pods: number): Promise<void>;
  /** Pods with an address. */
  readonly running: number;
  /** Pods without an address. */
  readonly pending: number;
  /** Addresses reserved for the cluster: in subnets, ranges and attached CIDRs, including those of nodes. */
  reserved(): Promise<number>;
  /** Manual changes. */
  readonly operations: number;
}

/** One way to give a cluster its addresses. */
export interface Setup {
  readonly name: string;
  build(): Promise<ClusterModel>;
}

/** Minutes until an operator notices that pods lack addresses, and adds some. */
export const REACTION_MINUTES = 60;

/** Adds addresses an hour after pods first lacked some. */
export class Operator {
  operations = 0;
  private since: number | undefined;

  constructor(private readonly add: () => Promise<void> | void) {}

  async observe(minute: number, pending: number): Promise<void> {
    if (pending === 0) return void (this.since = undefined);
    this.since ??= minute;
    if (minute - this.since < REACTION_MINUTES) return;
    await this.add();
    this.operations++;
    this.since = undefined;
  }
}

/** Number of nodes for which the planned setups are sized. */
export const FORECAST_NODES = 50;
/** Number of nodes on day 0, for which the setups that grow automatically are sized. */
export const FIRST_NODES = 20;
/** Pods that the node autoscaler schedules per node. */
export const PODS_PER_NODE = 30;
