import { type EksClusterAddresses, type ZoneSubnet } from "@cluster-ipam/address-plan";

/** The first pod subnet of each zone, if possible one in use. A zone that the plan drains has only draining ones. */
export function referenceSubnets({ pods }: EksClusterAddresses): readonly ZoneSubnet[] {
  const all = pods.flatMap(({ subnets }) => subnets);
  const zones = [...new Set(all.map(({ zone }) => zone))];
  return zones.map((zone) => {
    const inZone = all.filter((subnet) => subnet.zone === zone);
    return inZone.find(({ state }) => state !== "draining") ?? inZone[0]!;
  });
}
