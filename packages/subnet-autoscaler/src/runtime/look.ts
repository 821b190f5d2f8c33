import { type Clock } from "./cloud/clock";
import { ACTING, type CloudMemory, LOOKING } from "./cloud/cloud-memory";
import { type Ec2 } from "./cloud/ec2";
import { type Eks } from "./cloud/eks";
import { type AutoscalerConfig } from "./config/config";
import { decide } from "./decide/decide";
import { type Decision, isMade } from "./decide/decision";
import { zoneView } from "./decide/zone-view";
import { type History } from "./observe/history";
import { type Observation } from "./observe/observation";
import { observe } from "./observe/observe";

/** Input of {@link look}. */
export interface LookProps {
  readonly ec2: Ec2;
  readonly eks: Eks;
  readonly config: AutoscalerConfig;
  readonly clock: Clock;
  /** Ids of approved changes, see `changeId`; used in mode `approve` only. @default none */
  readonly approved?: readonly string[];
  /** What earlier runs of the same process read. @default every run reads everything */
  readonly memory?: CloudMemory;
}

/** What a run sees, and what it means to do. */
export interface Look {
  readonly observation: Observation;
  readonly decisions: readonly Decision[];
}

/** Observes and decides. What an earlier run read is enough to find nothing to do, but not to make a change. */
export async function look(props: LookProps, history: History): Promise<Look> {
  const { ec2, eks, config, clock, memory, approved } = props;
  const now = clock.now();
  const lookWith = async (reads: Pick<LookProps, "ec2" | "eks">): Promise<Look> => {
    const observation = await observe({ ...reads, config, now, history });
    return { observation, decisions: decide(observation, config) };
  };
  if (memory === undefined) return lookWith({ ec2, eks });
  const recalled = memory.recall({ ec2, eks }, now, LOOKING);
  const first = await lookWith(recalled);
  const isActing = first.decisions.some((decision) => isMade(decision, config.mode, approved));
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
