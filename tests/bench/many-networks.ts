import { AddressPlan, allocate } from "@cluster-ipam/address-plan";
import { BlueprintApp, BlueprintStack } from "@cluster-ipam/blueprint-core";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { EksNetwork } from "@cluster-ipam/eks-cni";
import { fleetDefinition } from "./fleet-definition";

/**
 * Synthesizes the stack `networks` into `outdir`: the resources of as many EKS networks. It looks nothing up: the IPAM
 * pools have made-up ids.
 */
function synthesize(networks: number, outdir: string): void {
  const definition = fleetDefinition(networks, 0);
  const { clusters } = AddressPlan.from(definition, allocate(definition).lock);
  const app = new BlueprintApp({ backend: { type: "local" }, outdir });
  const stack = new BlueprintStack(app, "networks");
  awsProvider(stack, { region: "eu-central-1" });
  for (const addresses of clusters) {
    if (addresses.cloud !== "aws") continue;
    const pools = [addresses.pool, ...addresses.podCidrs.map(({ pool }) => pool)];
    new EksNetwork(stack, addresses.name, {
      addresses,
      ipamPoolIds: Object.fromEntries(pools.map((pool) => [pool, "ipam-pool-0123456789abcdef0"])),
      natGateways: "per-zone",
    });
  }
  app.synth();
}

synthesize(Number(process.argv[2]), process.argv[3]!);
