/** A cluster with its addresses, as a comparison sees it. */
export interface TerraformType {
  /** A minute passes in which so many pods are asked for. */
  pass(minute: number, pods: number): Promise<void>;
  /** Pods with an address. */
  readonly running: number;
  /** Pods that lack one. */
  readonly pending: number;
  /** Addresses that nobody else can use: of subnets, ranges and attached CIDRs, nodes included. */
  reserved(): Promise<number>;
  /** Changes that a person made. */
  readonly operations: number;
}

/** One way to give a cluster its addresses. */
export interface Setup {
  readonly name: string;
  build(): Promise<TerraformType>;
}

/** Minutes after which a person has seen that pods lack addresses, and has added some. */
export const REACTION_MINUTES = 60;

/** A person who is told when pods lack addresses, and adds some an hour later. */
export class Person {
  operations = 0;
  private since: number | undefined;

  constructor(private readonly add: () => Promise<void> | void) {}

  async watch(minute: number, pending: number): Promise<void> {
    if (pending === 0) return void (this.since = undefined);
    this.since ??= minute;
    if (minute - this.since < REACTION_MINUTES) return;
    await this.add();
    this.operations++;
    this.since = undefined;
  }
}

/** Nodes that the planned setups are planned for. */
export const FORECAST_NODES = 50;
/** Nodes on day 0, which a cluster that grows by itself begins with. */
export const FIRST_NODES = 20;
/** Pods that the node autoscaler packs on a node. */
export const PODS_PER_NODE = 30;
