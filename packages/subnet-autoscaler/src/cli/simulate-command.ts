import { AddressPlan } from "@cluster-ipam/address-plan";
import { readText, writeText } from "@cluster-ipam/address-plan/repository";

import { AutoscalerError } from "../runtime/errors/autoscaler-error";
import { parseTrace, simulate, simulationPicture, type SimulationResult } from "../simulator";
import { configFromFile } from "./function-config";

/** Options of the `simulate` command. */
export interface SimulateOptions {
  readonly cluster: string;
  /** CSV file with the trace. */
  readonly trace: string;
  /** File with the configuration of a function, whose policy applies. @default the policy that follows from the plan */
  readonly config?: string;
  /** SVG file that is written. */
  readonly output: string;
  /** Searched for `addresses.yaml`, and then its parents. */
  readonly directory: string;
  readonly json?: true;
}

/**
 * Runs a trace against a cluster of the address plan, without AWS, and writes the picture.
 *
 * @throws AutoscalerError for a trace that cannot be read, and for a cluster that cannot grow
 */
export async function simulateCluster(options: SimulateOptions): Promise<SimulationResult> {
  const { cluster, trace: file, config, output, directory } = options;
  const addresses = AddressPlan.load({ directory }).eks(cluster);
  const result = await simulate({
    addresses,
    trace: parseTrace(file, readTrace(file), addresses.zones),
    ...(config !== undefined && { policy: (await configFromFile(config, cluster)).policy }),
  });
  writeText(output, simulationPicture(result));
  return result;
}

function readTrace(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new AutoscalerError(file, "no such file; pass the CSV file of a trace");
  }
}
