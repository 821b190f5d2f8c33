import { type Cni } from "./cni";
import { type AutoscalerConfig } from "./config";
import { type Advice } from "./decision";
import { minutesSince } from "./elapsed";
import { type Observation } from "./observation";
import { usablePrefixesOf, type ZoneView } from "./zone-view";

/** Minutes after which pods should have come to a new subnet; the CNI retries two minutes after a failure. */
const SETTLED_MINUTES = 15;

/** Settings of the CNI with which no new subnet would help. */
export function blockers(cni: Cni): Advice[] {
  const found: Advice[] = [];
  if (!cni.recentEnough)
    found.push({
      action: "none",
      cause: "cni-too-old",
      reason: `VPC CNI ${cni.version} stays in a node's own subnet when that is full`,
      advice: "update the add-on vpc-cni to v1.18.3 or later",
    });
  if (cni.customNetworking)
    found.push({
      action: "none",
      cause: "custom-networking",
      reason: "custom networking is on, so pods use the subnets of the ENIConfigs only",
      advice: "turn customNetworking off, or add subnets to the ENIConfigs by hand",
    });
  else if (!cni.subnetDiscovery)
    found.push({
      action: "none",
      cause: "discovery-off",
      reason: "ENABLE_SUBNET_DISCOVERY is false, so nodes do not look for new subnets",
      advice: "leave ENABLE_SUBNET_DISCOVERY at its default, true",
    });
  return found;
}

/** What people should know of a zone and the autoscaler cannot mend. */
export function zoneAdvice(zone: ZoneView, observation: Observation, config: AutoscalerConfig): Advice[] {
  const say = (cause: Advice["cause"], reason: string, advice: string): Advice => ({
    action: "none",
    zone: zone.zone,
    cause,
    reason,
    advice,
  });
  const found: Advice[] = [];
  if (zone.referenceSubnetId === undefined)
    found.push(
      say(
        "no-reference-subnet",
        `${zone.zone} has no pod subnet whose route table and network ACL a new one could share`,
        "deploy the network stack, or name the subnet in zones[].referenceSubnetId",
      ),
    );
  for (const { id, availableAddresses } of zone.nodeSubnets)
    if (availableAddresses < config.policy.nodeFloorAddresses)
      found.push(
        say(
          "node-subnet-short",
          `node subnet ${id} in ${zone.zone} has ${availableAddresses} free addresses`,
          "plan more nodes; a node group cannot change its subnets, so add a node group in a new one",
        ),
      );
  if (zone.nodes > 0 && zone.fullNodes === zone.nodes)
    found.push(
      say(
        "eni-slots-exhausted",
        `all ${zone.nodes} nodes of ${zone.zone} hold every prefix their interfaces can take`,
        "more subnets do not help these nodes; add nodes or use a larger instance type",
      ),
    );
  return [...found, ...unused(zone, observation)];
}

function unused({ podSubnets, zone }: ZoneView, { cni, now }: Observation): Advice[] {
  const settled = podSubnets.filter(
    ({ owned, interfaces, recorded }) =>
      owned && interfaces === 0 && (minutesSince(recorded.since, now) ?? 0) >= SETTLED_MINUTES,
  );
  const full = podSubnets
    .filter((subnet) => !settled.includes(subnet))
    .every((subnet) => usablePrefixesOf(subnet, cni.prefixDelegation) === 0);
  if (settled.length === 0 || settled.length === podSubnets.length || !full) return [];
  return [
    {
      action: "none",
      zone,
      cause: "not-used",
      reason: `no pod of ${zone} came to ${settled.map(({ cidr }) => cidr).join(", ")} in ${SETTLED_MINUTES} minutes though the other pod subnets are full`,
      advice: "check that the CNI's role may call ec2:DescribeSubnets and the log of aws-node",
    },
  ];
}
