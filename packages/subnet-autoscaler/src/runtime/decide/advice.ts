import { type AutoscalerConfig } from "../config/config";
import { type Cni } from "../network/cni";
import { type Observation } from "../observe/observation";
import { type Advice } from "./decision";
import { minutesSince } from "./elapsed";
import { usablePrefixesIn, type ZoneView } from "./zone-view";

/** Minutes after which pods should use a new subnet. The CNI retries two minutes after a failure. */
const GRACE_MINUTES = 15;

/** CNI settings with which new subnets would stay empty. */
export function cniBlockers(cni: Cni): Advice[] {
  const found: Advice[] = [];
  if (!cni.usesOtherSubnets)
    found.push({
      action: "none",
      cause: "cni-too-old",
      reason: `VPC CNI ${cni.version} does not use other subnets when a node's own subnet is full`,
      advice: "update the add-on vpc-cni to v1.18.3 or later",
    });
  if (cni.customNetworking)
    found.push({
      action: "none",
      cause: "custom-networking",
      reason: "custom networking is on, so pods only use the subnets of the ENIConfigs",
      advice:
        "turn customNetworking off, or plan more pod subnets and name them in cni.customNetworking.podSubnets",
    });
  else if (!cni.subnetDiscovery)
    found.push({
      action: "none",
      cause: "discovery-off",
      reason: "ENABLE_SUBNET_DISCOVERY is false, so nodes do not discover new subnets",
      advice: "leave ENABLE_SUBNET_DISCOVERY at its default, true",
    });
  return found;
}

/** Problems of a zone that an operator must solve. */
export function zoneAdvice(zone: ZoneView, observation: Observation, config: AutoscalerConfig): Advice[] {
  const advise = (cause: Advice["cause"], reason: string, advice: string): Advice => ({
    action: "none",
    zone: zone.zone,
    cause,
    reason,
    advice,
  });
  const found: Advice[] = [];
  if (zone.referenceSubnetId === undefined)
    found.push(
      advise(
        "no-reference-subnet",
        `${zone.zone} has no pod subnet whose route table and network ACL a growth subnet could get`,
        "deploy the network stack, or set zones[].referenceSubnetId",
      ),
    );
  for (const { id, availableAddresses } of zone.nodeSubnets)
    if (availableAddresses < config.policy.nodeFloorAddresses)
      found.push(
        advise(
          "node-subnet-short",
          `node subnet ${id} in ${zone.zone} has ${availableAddresses} free addresses`,
          "plan for more nodes; a node group cannot change its subnets, so add a node group in a new subnet",
        ),
      );
  if (zone.nodes > 0 && zone.fullNodes === zone.nodes)
    found.push(
      advise(
        "eni-slots-exhausted",
        `all ${zone.nodes} nodes in ${zone.zone} have as many prefixes as their interfaces can hold`,
        "more subnets do not help these nodes; add nodes or use a larger instance type",
      ),
    );
  if (zone.strandedNodes.length > 0)
    found.push(
      advise(
        "nodes-stranded",
        `${zone.strandedNodes.length} nodes in ${zone.zone} have all their interfaces in full subnets: ${listed(zone.strandedNodes)}`,
        "no new subnet helps these nodes; replace them, and give new ones a smaller maxPods",
      ),
    );
  for (const { cidr, foreignReservations } of [...zone.growthSubnets, ...zone.drainingSubnets])
    if (foreignReservations.length > 0)
      found.push(
        advise(
          "foreign-reservation",
          `a person reserved ${foreignReservations.join(", ")} in the growth subnet ${cidr}`,
          "move the reservation to a subnet of your own: this one is deleted when it has no interface",
        ),
      );
  return [...found, ...unusedSubnets(zone, observation)];
}

/** At most ten names. */
function listed(names: readonly string[]): string {
  return names.length <= 10
    ? names.join(", ")
    : `${names.slice(0, 10).join(", ")} and ${names.length - 10} more`;
}

function unusedSubnets(view: ZoneView, { cni, now }: Observation): Advice[] {
  const { podSubnets, zone } = view;
  // Nodes that cannot attach another interface use no new subnet, whatever their CNI may read.
  if (view.nodes > 0 && view.fullNodes + view.strandedNodes.length >= view.nodes) return [];
  const unused = podSubnets.filter(
    ({ owned, interfaces, recorded }) =>
      owned && interfaces === 0 && (minutesSince(recorded.since, now) ?? 0) >= GRACE_MINUTES,
  );
  const othersFull = podSubnets
    .filter((subnet) => !unused.includes(subnet))
    .every((subnet) => usablePrefixesIn(subnet, cni.prefixDelegation) === 0);
  if (unused.length === 0 || unused.length === podSubnets.length || !othersFull) return [];
  return [
    {
      action: "none",
      zone,
      cause: "not-used",
      reason: `no pod in ${zone} has used ${unused.map(({ cidr }) => cidr).join(", ")} for ${GRACE_MINUTES} minutes although the other pod subnets are full`,
      advice: "check that the CNI's role allows ec2:DescribeSubnets, and read the log of aws-node",
    },
  ];
}
