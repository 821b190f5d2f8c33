import { allocate } from "@cluster-ipam/address-plan";
import { fleetDefinition } from "./fleet-definition";
import { answer } from "./measured-run";
import { best } from "./statistics";
import { secondsOf } from "./stopwatch";

// The first rounds pay for the warm-up of the machine code, which would make small plans look dear.
const ROUNDS = 7;

/** Allocates a plan of both clouds, a third of it EKS clusters, and answers with the seconds of the best round. */
async function measure(allocations: number): Promise<number> {
  const eks = Math.round(allocations / 50);
  const definition = fleetDefinition(eks, Math.round((allocations - 15 * eks) / 4));
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) seconds.push(await secondsOf(() => allocate(definition)));
  return best(seconds);
}

void measure(Number(process.argv[2])).then(answer);
