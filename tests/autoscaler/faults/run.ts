import { DirectEc2, type Ec2Command } from "@cluster-ipam/cloud-model/endpoint";
import { type Eks, reconcile, type Run, sdkEc2 } from "@cluster-ipam/subnet-autoscaler/runtime";
import { ACCOUNT, type Network, REGION } from "./network";
import { type Watch } from "./watch";

/** What happens to a call. */
export const FAULTS = [
  /** The process dies before it sends the call. */
  "killed before",
  /** The process dies before it hears the answer. */
  "killed after",
  /** The request is lost. */
  "lost",
  /** The call takes effect, and its answer is lost. */
  "unanswered",
  "throttled",
] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface Fault {
  /** Number of the call in its run, from 0. */
  readonly at: number;
  readonly kind: FaultKind;
}

export interface RunProps {
  /** @default none */
  readonly faults?: readonly Fault[];
  /** How many transactions each read lies behind; the list repeats. @default none */
  readonly lags?: readonly number[];
  /** By how many minutes its clock is fast. @default 0 */
  readonly skewMinutes?: number;
  /** Turns that each call leaves to a run beside; the list repeats. @default none */
  readonly pauses?: readonly number[];
  /** What a person does before a call, by the number of the call. @default nothing */
  readonly deeds?: readonly { readonly at: number; readonly deed: () => Promise<void> }[];
}

/** How a run ended. */
export interface Ended {
  /** The actions it called, in order. */
  readonly calls: readonly string[];
  /** Absent when it was killed or failed. */
  readonly run?: Run;
  /** What it failed with. */
  readonly failure?: Error;
  readonly killed: boolean;
}

/** One run of the autoscaler over a network, by the runtime's own SDK code. */
export async function startRun(network: Network, watch: Watch, props: RunProps = {}): Promise<Ended> {
  const client = new FaultyClient(network, watch, props);
  const clock = {
    now: () => network.time + (props.skewMinutes ?? 0) * 60_000,
    sleep: async (milliseconds: number) => void (network.time += milliseconds),
  };
  const work = reconcile({
    ec2: sdkEc2(client as never),
    eks: eksOf(network),
    config: network.config,
    clock,
    report: { write: () => undefined, event: async () => undefined },
  }).then(
    (run) => ({ run }),
    (failure: Error) => ({ failure }),
  );
  const end = await Promise.race([work, client.death]);
  await client.end();
  return { calls: client.calls, killed: end === undefined, ...end };
}

/** EKS has one cluster with one add-on. */
function eksOf({ vpcId, cniVersion }: Network): Eks {
  const configuration = JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: "true" } });
  return {
    clusterVpc: async () => vpcId,
    cniAddon: async () => ({ version: cniVersion, configuration }),
  };
}

/** An EC2 client for one process: it meets the faults, and the permissions of the function's role. */
class FaultyClient {
  readonly calls: string[] = [];
  readonly death: Promise<undefined>;
  private readonly ec2: DirectEc2;
  private readonly deeds: Promise<void>[] = [];
  private isDead = false;
  private readonly die: () => void;

  constructor(
    network: Network,
    private readonly watch: Watch,
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

  /** What it has not sent yet is never sent, as in a process that is frozen; what a person began comes to its end. */
  async end(): Promise<void> {
    this.isDead = true;
    await Promise.all(this.deeds);
  }

  async send(command: Ec2Command): Promise<object> {
    const at = this.calls.length;
    const action = command.constructor.name.replace(/Command$/, "");
    if (this.isDead) return forever();
    this.calls.push(action);
    await this.pause(at);
    if (this.isDead) return forever();
    for (const { deed } of this.props.deeds?.filter((one) => one.at === at) ?? []) {
      const done = deed();
      this.deeds.push(done);
      await done;
    }
    if (this.isDead) return forever();
    const kind = this.props.faults?.find((fault) => fault.at === at)?.kind;
    if (kind === "killed before") {
      this.die();
      return forever();
    }
    if (kind === "throttled") throw refusal("RequestLimitExceeded", 503);
    if (kind === "lost") throw refusal("TimeoutError");
    if (!(await this.watch.authorises(action, command.input))) throw refusal("UnauthorizedOperation", 403);
    const answer = await this.ec2.send(command);
    if (!/^(Describe|Get)/.test(action)) await this.watch.afterChange(action);
    if (kind === "killed after") {
      this.die();
      return forever();
    }
    if (kind === "unanswered") throw refusal("TimeoutError");
    return answer;
  }

  private async pause(at: number): Promise<void> {
    const { pauses = [0] } = this.props;
    for (let turn = 0; turn < pauses[at % pauses.length]!; turn++) await Promise.resolve();
  }
}

const forever = (): Promise<never> => new Promise(() => undefined);

const refusal = (name: string, httpStatusCode?: number): Error =>
  Object.assign(new Error(name), { name, $metadata: httpStatusCode === undefined ? {} : { httpStatusCode } });
