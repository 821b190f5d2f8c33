import { type Clock } from "./cloud/clock";
import { CloudMemory } from "./cloud/cloud-memory";
import { type Ec2 } from "./cloud/ec2";
import { type Eks } from "./cloud/eks";
import { forEachConcurrent } from "./cloud/for-each-concurrent";
import { AutoscalerError } from "./errors/autoscaler-error";
import { type FleetMember, type InvalidMember } from "./fleet/fleet-member";
import { Turns } from "./fleet/turns";
import { History } from "./observe/history";
import { reconcile } from "./reconcile";
import { type Reporter } from "./report/reporter";

/** Clusters that are served at once: most of a run waits for AWS. */
const CONCURRENCY = 16;
/** Time after which a cluster leaves its place to the next, in milliseconds. What it has read is remembered. */
const TIME_PER_CLUSTER = 20_000;
/** Time reserved at the end of a cluster's turn in which none of its changes starts, in milliseconds. */
const RESERVED_FOR_CHANGES = 8_000;
/** No turn starts with less time left in the run, in milliseconds: a warm one takes less than a second. */
const SHORTEST_TURN = 3_000;

/** AWS as a cluster's role sees it. */
export interface MemberCloud {
  readonly ec2: Ec2;
  readonly eks: Eks;
  readonly reporter: Reporter;
}

/** Input of {@link Fleet}. */
export interface FleetProps {
  /** AWS for a turn of a cluster. @param end aborts when the turn is over */
  readonly cloudOf: (member: FleetMember, end: AbortSignal) => MemberCloud;
  readonly clock: Clock;
  /** Writes one structured line to the function's log. */
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
  /** A signal that aborts after a time. @param milliseconds at least 0 */
  readonly timeout: (milliseconds: number) => AbortSignal;
}

/** What a run of a fleet did. */
export interface FleetRun {
  /** Clusters whose run succeeded. */
  readonly served: readonly string[];
  /** Clusters whose run failed; the reason is in the log. */
  readonly failed: readonly string[];
  /** Clusters for which there was no time; they come first in the next run. */
  readonly waiting: readonly string[];
}

/** What a warm function remembers of a cluster. */
interface Remembered {
  readonly history: History;
  readonly memory: CloudMemory;
}

/**
 * The autoscalers of many clusters in one function. Each cluster has its own role, observation, history, heartbeat and time; one
 * that fails or is slow does not stop the others.
 */
export class Fleet {
  private readonly turns = new Turns();
  private readonly remembered = new Map<string, Remembered>();

  constructor(private readonly props: FleetProps) {}

  /**
   * Serves every cluster once, as far as the time allows.
   *
   * @param end epoch milliseconds after which nothing runs
   * @param approved ids of approved changes, by cluster
   * @throws AutoscalerError when clusters were due and every one failed: then it is not theirs
   */
  async run(
    members: readonly (FleetMember | InvalidMember)[],
    end: number,
    approved: ReadonlyMap<string, readonly string[]> = new Map(),
  ): Promise<FleetRun> {
    const { clock, log } = this.props;
    const start = clock.now();
    const byName = new Map(members.map((member) => [member.cluster, member]));
    this.forgetOthers(new Set(byName.keys()));
    const [served, failed, waiting]: [string[], string[], string[]] = [[], [], []];
    await forEachConcurrent(this.turns.order([...byName.keys()]), CONCURRENCY, async (cluster) => {
      if (end - clock.now() < SHORTEST_TURN) return void waiting.push(cluster);
      this.turns.record(cluster, clock.now());
      try {
        await this.serve(byName.get(cluster)!, end, approved.get(cluster));
        served.push(cluster);
      } catch (error) {
        failed.push(cluster);
        log({ level: "error", cluster, message: (error as Error).message });
      }
    });
    const counts = { served: served.length, failed: failed.length, waiting: waiting.length };
    log({ level: waiting.length > 0 ? "warn" : "info", fleet: counts, milliseconds: clock.now() - start });
    if (served.length === 0 && failed.length > 0)
      throw new AutoscalerError(
        "fleet",
        `the runs of all ${failed.length} clusters failed; read the log of each, and the permissions of the function's role`,
      );
    return { served, failed, waiting };
  }

  private async serve(
    member: FleetMember | InvalidMember,
    end: number,
    approved: readonly string[] | undefined,
  ): Promise<void> {
    if ("error" in member) throw member.error;
    const { clock, cloudOf, timeout } = this.props;
    const time = Math.min(TIME_PER_CLUSTER, end - clock.now());
    await reconcile({
      ...cloudOf(member, timeout(time)),
      ...this.recall(member),
      config: member.config,
      clock,
      approved,
      deadline: clock.now() + time - RESERVED_FOR_CHANGES,
    });
  }

  private recall({ cluster }: FleetMember): Remembered {
    let found = this.remembered.get(cluster);
    if (found === undefined)
      this.remembered.set(cluster, (found = { history: new History(), memory: new CloudMemory() }));
    return found;
  }

  private forgetOthers(clusters: ReadonlySet<string>): void {
    this.turns.keepOnly(clusters);
    for (const cluster of this.remembered.keys()) if (!clusters.has(cluster)) this.remembered.delete(cluster);
  }
}
