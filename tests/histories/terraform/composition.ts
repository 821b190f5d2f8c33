import {
  type AddressPlan,
  type EksClusterAddresses,
  type GkeClusterAddresses,
  nodesPerPodRange,
  Prefix,
} from "@cluster-ipam/address-plan";
import { BlueprintApp } from "@cluster-ipam/blueprint-core";
import { EksClusterStack, EksNetworkStack, type NodeGroupOptions } from "@cluster-ipam/eks-cni";
import { GkeClusterStack, GkeNetworkStack, type NodePoolOptions } from "@cluster-ipam/gke";
import { AddressSpaceStack } from "../../../apps/network/src/address-space-stack";
import { HOME_REGION } from "../cloud/aws-resources";

const ACCOUNTS: Readonly<Record<string, string>> = {
  dev: "222222222222",
  prod: "333333333333",
  test: "444444444444",
};

/** Writes the stacks of a plan: the address space, then two for each cluster, with nodes wherever it may have some. */
export function compose(addresses: AddressPlan, outdir: string): void {
  const app = new BlueprintApp({ backend: { type: "local", directory: "../../../state" }, outdir });
  new AddressSpaceStack(app, "address-space", {
    addresses,
    awsAccountId: "111111111111",
    environmentAccounts: ACCOUNTS,
    homeRegion: HOME_REGION,
    deletionProtection: false,
  });
  for (const cluster of addresses.clusters)
    if (cluster.cloud === "aws") composeEks(app, cluster);
    else composeGke(app, cluster);
  app.synth();
}

function composeEks(app: BlueprintApp, addresses: EksClusterAddresses): void {
  const { name, environment } = addresses;
  const { contract } = new EksNetworkStack(app, `${name}-network`, {
    addresses,
    accountId: ACCOUNTS[environment]!,
    natGateways: "none",
    deletionProtection: false,
  });
  new EksClusterStack(app, name, {
    network: contract,
    version: "1.34",
    nodeGroups: nodeGroups(addresses),
    deletionProtection: false,
  });
}

function nodeGroups({ nodes, instanceTypes }: EksClusterAddresses): NodeGroupOptions[] {
  return nodes.flatMap(({ name, subnets }) => {
    const zones = subnets.filter(({ state }) => state === undefined).map(({ zone }) => zone);
    if (zones.length === 0) return [];
    const label = `${name}-${zones.map((zone) => zone.at(-1)).join("")}`;
    return [
      {
        name: label,
        nodeSubnets: name,
        zones,
        instanceType: instanceTypes,
        size: { min: 1, desired: 1, max: 1 },
      },
    ];
  });
}

function composeGke(app: BlueprintApp, addresses: GkeClusterAddresses): void {
  const { name, environment } = addresses;
  const { contract } = new GkeNetworkStack(app, `${name}-network`, {
    addresses,
    project: `example-${environment}`,
    ipam: { mode: "planned" },
  });
  new GkeClusterStack(app, name, {
    network: contract,
    nodePools: nodePools(addresses),
    deletionProtection: false,
  });
}

/** A pool of one node, and room for the one that an upgrade adds. */
function nodePools(addresses: GkeClusterAddresses): NodePoolOptions[] {
  const { podsPerNode } = addresses.demand;
  const pool = (podRange: string, cidr: string, subnet?: string): NodePoolOptions[] =>
    nodesPerPodRange(Prefix.parse(cidr).length, podsPerNode) < 2
      ? []
      : [
          {
            name: `${subnet ?? "own"}-${podRange}-${podsPerNode}`,
            machineType: "n2-standard-4",
            size: { min: 0, max: 1 },
            maxPodsPerNode: podsPerNode,
            podRange,
            ...(subnet !== undefined && { subnet }),
          },
        ];
  const { pods, furtherPods, furtherSubnets, growth } = addresses;
  const inUse = ({ state }: { readonly state?: string | undefined }) => state === undefined;
  return [
    ...pool("pods", pods),
    ...[...furtherPods, ...growth].filter(inUse).flatMap(({ name, cidr }) => pool(name, cidr)),
    ...furtherSubnets.filter(inUse).flatMap(({ name, pods: own }) => pool(own.name, own.cidr, name)),
  ];
}
