import { type Ec2, type Ec2Subnet } from "../cloud/ec2";
import { type Eks } from "../cloud/eks";
import { type AutoscalerConfig } from "../config/config";
import { forEachConcurrent } from "../cloud/for-each-concurrent";
import { AutoscalerError } from "../errors/autoscaler-error";
import { type Cni, cniFromAddon, cniFromRelease } from "../network/cni";
import { CLUSTER_TAG, hasTags, isDiscoverable, OWNER_TAG, recordedState, ROLE_TAG } from "../network/tags";
import { VpcWiring } from "../network/wiring";
import { attachRate, expectedFromAttached, type History } from "./history";
import { type Observation, type ObservedSubnet, type ObservedZone } from "./observation";
import { NO_RESERVATIONS, type Reservations, reservationsOf } from "./reservations";
import { SubnetUsage } from "./subnet-usage";
import { typicalPrefixes, ZoneNodes } from "./zone-nodes";

/** EC2 calls in flight at once. The request bucket (100 tokens, refilled by 20 per second) lasts. */
const CONCURRENCY = 10;

/** Input of {@link observe}. */
export interface ObserveProps {
  readonly ec2: Ec2;
  readonly eks: Eks;
  readonly config: AutoscalerConfig;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Earlier observations; this one is added to it. */
  readonly history: History;
}

/**
 * Reads everything a decision depends on. Changes nothing but `history`.
 *
 * @throws AutoscalerError when the cluster, its network or a permission is missing
 */
export async function observe({ ec2, eks, config, now, history }: ObserveProps): Promise<Observation> {
  const { cluster, vpcId, growthPools, policy } = config;
  const [cni, subnets, routeTables, networkAcls, vpcCidrs, poolCidrs, allocations] = await Promise.all([
    observeCni(eks, config),
    ec2.subnets(vpcId),
    ec2.routeTables(vpcId),
    ec2.networkAcls(vpcId),
    ec2.vpcCidrs(vpcId),
    growthPools.ipamPoolId === undefined ? undefined : ec2.poolCidrs(growthPools.ipamPoolId),
    Promise.all(
      [growthPools.ipamPoolId, policy.planningPoolId]
        .filter((id) => id !== undefined)
        .map((id) => ec2.poolAllocations(id)),
    ),
  ]);
  const isPodSubnet = (subnet: Ec2Subnet): boolean => isDiscoverable(subnet.tags, cluster, cni);
  const isOwned = ({ tags }: Ec2Subnet): boolean => tags[OWNER_TAG] === cluster;
  const relevant = subnets.filter((subnet) => isPodSubnet(subnet) || isOwned(subnet));
  const { usage, reservations } = await observeUsage({ ec2, vpcId, subnets, relevant, now });
  const wiring = new VpcWiring(routeTables, networkAcls);
  const references = referenceSubnets(config, subnets);
  return {
    now,
    cni,
    subnets: subnets.map((subnet): ObservedSubnet => {
      const reference = references.get(subnet.zone);
      return {
        ...subnet,
        ...(reservations.get(subnet.id) ?? NO_RESERVATIONS),
        freePrefixes: usage.get(subnet.id)!.free.free,
        interfaces: usage.get(subnet.id)!.interfaces,
        owned: isOwned(subnet),
        discoverable:
          isPodSubnet(subnet) && (!isOwned(subnet) || hasTags(subnet.tags, config.openTags ?? {})),
        wired: reference !== undefined && wiring.matches(subnet.id, reference),
        recorded: recordedState(subnet.tags),
      };
    }),
    zones: observeZones({ references, subnets, relevant, usage, config, now, history }),
    vpcCidrs,
    foreignCidrs: allocations
      .flat()
      .filter(({ resourceType, resourceId }) => resourceType !== "vpc" || resourceId !== vpcId)
      .map(({ cidr }) => cidr),
    ...(poolCidrs && { poolCidrs }),
  };
}

/** @throws AutoscalerError when the cluster does not exist, is in another VPC, or has an unknown CNI */
async function observeCni(
  eks: Eks,
  { cluster, region, vpcId, selfManagedCni }: AutoscalerConfig,
): Promise<Cni> {
  const actual = await eks.clusterVpc(cluster);
  if (actual === undefined)
    throw new AutoscalerError(
      cluster,
      `no such EKS cluster in ${region}; destroy its autoscaler, then run subnet-autoscaler drain`,
    );
  if (actual !== vpcId)
    throw new AutoscalerError(cluster, `the cluster is in ${actual}, not ${vpcId}; redeploy the construct`);
  if (selfManagedCni !== undefined)
    return cniFromRelease(selfManagedCni.version, { ...selfManagedCni, subnetDiscovery: true });
  const addon = await eks.cniAddon(cluster);
  if (addon === undefined)
    throw new AutoscalerError(
      cluster,
      "the cluster has no add-on vpc-cni, so the release that reads the subnet tags is unknown; install the add-on or configure selfManagedCni",
    );
  return cniFromAddon(addon.version, addon.configuration);
}

interface UsageProps {
  readonly ec2: Ec2;
  readonly vpcId: string;
  readonly subnets: readonly Ec2Subnet[];
  /** Subnets whose reservations count. */
  readonly relevant: readonly Ec2Subnet[];
  readonly now: number;
}

type UsageBySubnet = ReadonlyMap<string, SubnetUsage>;

async function observeUsage({ ec2, vpcId, subnets, relevant, now }: UsageProps) {
  const usage: UsageBySubnet = new Map(subnets.map(({ id, cidr }) => [id, new SubnetUsage(cidr)]));
  await ec2.forEachInterface({ vpcId }, (eni) => usage.get(eni.subnetId)?.add(eni, now));
  const reservations = new Map<string, Reservations>();
  await forEachConcurrent(relevant, CONCURRENCY, async (subnet) => {
    reservations.set(subnet.id, await reservationsOf(subnet, usage.get(subnet.id)!.free, ec2));
  });
  return { usage, reservations };
}

/** The reference subnet of each zone: the configured one, or the first planned pod subnet. */
function referenceSubnets(
  { zones, cluster }: AutoscalerConfig,
  subnets: readonly Ec2Subnet[],
): ReadonlyMap<string, string | undefined> {
  const plannedPodSubnet = (zone: string): Ec2Subnet | undefined =>
    subnets
      .filter(
        (subnet) =>
          subnet.zone === zone && subnet.tags[CLUSTER_TAG] === cluster && subnet.tags[ROLE_TAG] === "pod",
      )
      .sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  return new Map(
    zones.map(({ zone, referenceSubnetId }) => [
      zone,
      (referenceSubnetId === undefined
        ? plannedPodSubnet(zone)
        : subnets.find(({ id }) => id === referenceSubnetId)
      )?.id,
    ]),
  );
}

interface ZonesProps {
  /** By zone. */
  readonly references: ReadonlyMap<string, string | undefined>;
  readonly subnets: readonly Ec2Subnet[];
  /** Pod and growth subnets of all zones. */
  readonly relevant: readonly Ec2Subnet[];
  readonly usage: UsageBySubnet;
  readonly config: AutoscalerConfig;
  readonly now: number;
  readonly history: History;
}

function observeZones(props: ZonesProps): readonly ObservedZone[] {
  const { relevant, subnets, usage, config } = props;
  const isNodeSubnet = ({ tags }: Ec2Subnet): boolean =>
    tags[ROLE_TAG] === "node" && tags[CLUSTER_TAG] === config.cluster;
  const zones = config.zones.map(({ zone }) => {
    const usageOf = (list: readonly Ec2Subnet[]) =>
      list.filter((subnet) => subnet.zone === zone).map(({ id }) => usage.get(id)!);
    const pods = usageOf(relevant);
    return {
      zone,
      pods,
      nodes: new ZoneNodes(pods, usageOf(subnets.filter(isNodeSubnet)), config.nodeShape),
    };
  });
  const typical = typicalPrefixes(zones.flatMap(({ nodes }) => nodes.held));
  return zones.map(({ zone, pods, nodes }) => ({
    zone,
    ...(props.references.get(zone) !== undefined && { referenceSubnetId: props.references.get(zone) }),
    nodes: nodes.count,
    fullNodes: nodes.full,
    strandedNodes: nodes.stranded,
    lackingPrefixes: nodes.lacking(typical),
    ...observeRate(zone, pods, props),
  }));
}

function observeRate(zone: string, pods: readonly SubnetUsage[], { config, now, history }: ZonesProps) {
  const total = (pick: (subnet: SubnetUsage) => number): number =>
    pods.reduce((sum, subnet) => sum + pick(subnet), 0);
  const { leadTimeMinutes } = config.policy;
  const usedPrefixes = total(({ prefixes }) => prefixes);
  history.record(zone, now, usedPrefixes);
  const recent = total(({ recentPrefixes }) => recentPrefixes);
  return {
    usedPrefixes,
    prefixesPerMinute: history.rate(zone) ?? attachRate(recent),
    expectedPrefixes:
      history.expected(zone, leadTimeMinutes) ?? expectedFromAttached(recent, leadTimeMinutes),
  };
}
