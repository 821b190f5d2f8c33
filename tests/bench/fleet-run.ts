import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AddressPlan, allocate } from "@cluster-ipam/address-plan";
import { BlueprintApp } from "@cluster-ipam/blueprint-core";
import { EksClusterStack, EksNetworkStack } from "@cluster-ipam/eks-cni";
import { GkeClusterStack, GkeNetworkStack } from "@cluster-ipam/gke";
import { planStacks } from "@cluster-ipam/plan-report";
import { withSandbox } from "@cluster-ipam/sandbox";
import { fleetDefinition } from "./fleet-definition";
import { answer } from "./measured-run";
import { secondsOf } from "./stopwatch";

/** What one process found out about a fleet. */
export interface FleetRun {
  readonly stacks: number;
  /** From the definition to HCL on disk, in seconds. */
  readonly synth: number;
  /** All stacks planned by Terraform in one sandbox, in seconds. */
  readonly plan: number;
}

/** @param clusters half of them EKS, half GKE; each is a network stack and a cluster stack, as in the apps */
async function measure(clusters: number): Promise<FleetRun> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "cluster-ipam-fleet-"));
  try {
    const synth = await secondsOf(() => synthesize(clusters / 2, join(folder, "cdktf.out")));
    let stacks = 0;
    const plan = await withSandbox(
      ({ env }) => secondsOf(async () => (stacks = await planAll(folder, { ...process.env, ...env }))),
      { folders: [folder], assumePrerequisites: true },
    );
    return { stacks, synth, plan };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function synthesize(pairs: number, outdir: string): void {
  const definition = fleetDefinition(pairs, pairs);
  const addresses = AddressPlan.from(definition, allocate(definition).lock);
  const app = new BlueprintApp({ backend: { type: "local" }, outdir });
  for (const cluster of addresses.clusters) {
    if (cluster.cloud === "aws") {
      const network = new EksNetworkStack(app, `${cluster.name}-network`, {
        addresses: cluster,
        accountId: "333333333333",
        natGateways: "per-zone",
      });
      new EksClusterStack(app, cluster.name, {
        network: network.contract,
        version: "1.33",
        nodeGroups: [{ name: "general", instanceType: "m7i.large", size: { min: 3, desired: 3, max: 3 } }],
      });
    } else {
      const network = new GkeNetworkStack(app, `${cluster.name}-network`, {
        addresses: cluster,
        project: "example-prod",
        ipam: { mode: "planned" },
        version: "1.33",
      });
      new GkeClusterStack(app, cluster.name, {
        network: network.contract,
        nodePools: [
          { name: "general", machineType: "n2-standard-8", size: { min: 1, max: 3 }, maxPodsPerNode: 8 },
        ],
      });
    }
  }
  app.synth();
}

/** @throws Error that names the first stack that could not be planned */
async function planAll(app: string, env: NodeJS.ProcessEnv): Promise<number> {
  const planned = await planStacks({ app, env });
  const failed = planned.find((stack) => "failure" in stack);
  if (failed) throw new Error(`${failed.stack} cannot be planned: ${JSON.stringify(failed)}`);
  return planned.length;
}

void measure(Number(process.argv[2])).then(answer);
