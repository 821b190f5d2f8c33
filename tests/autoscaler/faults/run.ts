import { DirectEc2, type Ec2Command } from "@cluster-ipam/cloud-model/endpoint";
import { type Eks, reconcile, type Run, sdkEc2 } from "@cluster-ipam/subnet-autoscaler/runtime";
import { ACCOUNT, type Network, REGION } from "./network";
import { ec2Client } from "@cluster-ipam/subnet-autoscaler/simulator";
import { type Invariants } from "./invariants";
import { type WarmProcess } from "../warm-process";

/** Faults of a call. */
export const FAULTS = [
  /** The process dies before it sends the call. */
  "killed before",
  /** The process dies before it receives the response. */
  "killed after",
  /** The request is lost. */
  "lost",
  /** The call takes effect, but its response is lost. */
  "unanswered",
  "throttled",
] as const;
/** A kind of fault. */
export type FaultKind = (typeof FAULTS)[number];

/** A fault at a call of a run. */
export interface Fault {
  /** Index of the call in its run, from 0. */
  readonly at: number;
  readonly kind: FaultKind;
}

/** How a run is disrupted. */
export interface RunProps {
  /** @default none */
  readonly faults?: readonly Fault[];
  /** Number of transactions by which each read is stale; the list repeats. @default none */
  readonly lags?: readonly number[];
  /** The action that its role does not allow. @default none beyond what the role denies */
  readonly denied?: string;
  /** Index of the call from which on EC2 throttles all. @default none is throttled */
  readonly throttledFrom?: number;
  /** Seconds that each call takes. @default 0 */
  readonly secondsPerCall?: number;
  /** Name of the function that runs. @default none: it leaves no name on its subnets */
  readonly writer?: string;
  /** Minutes by which its clock is fast. @default 0 */
  readonly skewMinutes?: number;
  /** The process of the run and of earlier ones. @default a cold process */
  readonly process?: WarmProcess;
  /** Turns of the event loop that each call yields to concurrent runs; the list repeats. @default none */
  readonly pauses?: readonly number[];
  /** What an operator does before a call, by index of the call. @default nothing */
  readonly interventions?: readonly { readonly at: number; readonly intervention: () => Promise<void> }[];
}

/** Result of a run. */
export interface RunResult {
  /** The actions called, in order. */
  readonly calls: readonly string[];
  /** Absent when it was killed or failed. */
  readonly run?: Run;
  /** The error it failed with. */
  readonly failure?: Error;
  readonly killed: boolean;
}

/** Runs the autoscaler once on a network, with the runtime's own SDK code. */
export async function startRun(
  network: Network,
  invariants: Invariants,
  props: RunProps = {},
): Promise<RunResult> {
  const client = new FaultyClient(network, invariants, props);
  const clock = {
    now: () => network.time + (props.skewMinutes ?? 0) * 60_000,
    sleep: async (milliseconds: number) => void (network.time += milliseconds),
  };
  const work = reconcile({
    ec2: sdkEc2(ec2Client((command) => client.send(command))),
    eks: eksOf(network),
    config: { ...network.config, ...(props.writer !== undefined && { writer: props.writer }) },
    clock,
    memory: props.process?.memory,
    history: props.process?.history,
    reporter: { log: () => undefined, publish: async () => undefined },
  }).then(
    (run) => ({ run }),
    (failure: Error) => ({ failure }),
  );
  const end = await Promise.race([work, client.death]);
  await client.end();
  return { calls: client.calls, killed: end === undefined, ...end };
}

/** An EKS with one cluster and one add-on. */
function eksOf({ vpcId, cniVersion, namedSubnets }: Network): Eks {
  const configuration = JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: "true" } });
  return {
    clusterVpc: async () => vpcId,
    subnetUsers: async () => namedSubnets.map((subnetId) => ({ subnetId, name: "node group general" })),
    cniAddon: async () => ({ version: cniVersion, configuration }),
  };
}

/** An EC2 client of one process, with faults and with the permissions of the function's role. */
class FaultyClient {
  readonly calls: string[] = [];
  readonly death: Promise<undefined>;
  private readonly ec2: DirectEc2;
  private readonly interventions: Promise<void>[] = [];
  private isDead = false;
  private readonly die: () => void;

  constructor(
    private readonly network: Network,
    private readonly invariants: Invariants,
    private readonly props: RunProps,
  ) {
    const { lags = [0] } = props;
    let reads = 0;
    this.ec2 = new DirectEc2({
      store: network.store,
      region: REGION,
      account: ACCOUNT,
      faults: { staleness: () => lags[reads++ % lags.length]!, quotas: network.quotas },
    });
    let resolve: () => void;
    this.death = new Promise((die) => (resolve = () => die(undefined)));
    this.die = () => {
      this.isDead = true;
      resolve();
    };
  }

  /** Stops sending calls, as in a frozen process, and waits until the operator's interventions finish. */
  async end(): Promise<void> {
    this.isDead = true;
    await Promise.all(this.interventions);
  }

  async send(command: Ec2Command): Promise<object> {
    const at = this.calls.length;
    const action = command.constructor.name.replace(/Command$/, "");
    if (this.isDead) return forever();
    this.calls.push(action);
    await this.pause(at);
    if (this.isDead) return forever();
    for (const { intervention } of this.props.interventions?.filter((one) => one.at === at) ?? []) {
      const done = intervention();
      this.interventions.push(done);
      await done;
    }
    if (this.isDead) return forever();
    const kind = this.props.faults?.find((fault) => fault.at === at)?.kind;
    if (kind === "killed before") {
      this.die();
      return forever();
    }
    this.network.time += (this.props.secondsPerCall ?? 0) * 1000;
    if (action === this.props.denied) throw errorOf("UnauthorizedOperation", 403);
    if (kind === "throttled" || at >= (this.props.throttledFrom ?? Infinity))
      throw errorOf("RequestLimitExceeded", 503);
    if (kind === "lost") throw errorOf("TimeoutError");
    if (!(await this.invariants.authorises(action, command.input)))
      throw errorOf("UnauthorizedOperation", 403);
    const response = await this.ec2.send(command);
    if (!/^(Describe|Get)/.test(action)) await this.invariants.afterChange(action);
    if (kind === "killed after") {
      this.die();
      return forever();
    }
    if (kind === "unanswered") throw errorOf("TimeoutError");
    return response;
  }

  private async pause(at: number): Promise<void> {
    const { pauses = [0] } = this.props;
    for (let turn = 0; turn < pauses[at % pauses.length]!; turn++) await Promise.resolve();
  }
}

const forever = (): Promise<never> => new Promise(() => undefined);

const errorOf = (name: string, httpStatusCode?: number): Error =>
  Object.assign(new Error(name), { name, $metadata: httpStatusCode === undefined ? {} : { httpStatusCode } });
