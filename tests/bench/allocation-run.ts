import { AddressPlan, allocate } from "@cluster-ipam/address-plan";
import { fleetDefinition } from "./fleet-definition";
import { answer } from "./measured-run";
import { best } from "./statistics";
import { secondsOf } from "./stopwatch";

/** What one process found out about a plan. */
export interface AllocationRun {
  /** Entries of the lock. */
  readonly allocations: number;
  /** The best of the rounds, in seconds. */
  readonly seconds: number;
}

/**
 * What is measured: `allocate` checks the definition and gives every block its place in empty space; `verify` does
 * the same against the lock, as every synthesis does.
 */
export type AllocationWork = "allocate" | "verify";

/** A third of the allocations belongs to EKS clusters, the rest to GKE clusters, as 2,000 EKS clusters are the most. */
async function measure(work: AllocationWork, allocations: number, rounds: number): Promise<AllocationRun> {
  const eks = Math.round(allocations / 50);
  const definition = fleetDefinition(eks, Math.round((allocations - 15 * eks) / 4));
  let { lock } = work === "verify" ? allocate(definition) : { lock: undefined };
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    seconds.push(
      await secondsOf(() => {
        if (work === "verify") AddressPlan.from(definition, lock!);
        else ({ lock } = allocate(definition));
      }),
    );
  }
  return { allocations: lock!.allocations.length, seconds: best(seconds) };
}

const [work, allocations, rounds] = process.argv.slice(2);
void measure(work as AllocationWork, Number(allocations), Number(rounds)).then(answer);
