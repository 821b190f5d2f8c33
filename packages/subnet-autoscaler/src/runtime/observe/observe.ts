import { AutoscalerError } from "./autoscaler-error";
import { addonCni, type Cni, cniOf } from "./cni";
import { type AutoscalerConfig } from "./config";
import { type Ec2, type Ec2Interface, type Ec2Subnet, type Eks } from "./ec2";
import { FreePrefixes, PREFIX_ADDRESSES } from "./free-prefixes";
import { attachedRecently, attachRate, type History } from "./history";
import { type Observation, type ObservedSubnet, type ObservedZone } from "./observation";
import { CLUSTER_TAG, discoverable, OWNER_TAG, recordedState, ROLE_TAG } from "./tags";
import { VpcWiring } from "./wiring";

/** Calls to EC2 that are under way at once, so that its request bucket (100, refilled by 20 a second) lasts. */
const CONCURRENCY = 10;

export interface ObserveProps {
  readonly ec2: Ec2;
  readonly eks: Eks;
  readonly config: AutoscalerConfig;
  /** Epoch milliseconds. */
  readonly now: number;
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
  const usage = new Map(subnets.map((subnet) => [subnet.id, new Usage(subnet)]));
  await ec2.eachInterface({ vpcId }, (eni) => usage.get(eni.subnetId)?.add(eni, now));

  const isPodSubnet = (subnet: Ec2Subnet): boolean => discoverable(subnet.tags, cluster, cni);
  const relevant = subnets.filter((subnet) => isPodSubnet(subnet) || subnet.tags[OWNER_TAG] === cluster);
  // A subnet whose addresses add up has no reservation that matters: one call the less for each.
  const reserved = relevant.filter(
    (subnet) => usage.get(subnet.id)!.free.unusedAddresses > subnet.availableAddresses,
  );
  await inTurns(reserved, async ({ id }) => {
    for (const { cidr, type } of await ec2.reservations(id))
      if (type === "explicit") usage.get(id)!.free.reserve(cidr);
  });

  const wiring = new VpcWiring(routeTables, networkAcls);
  const references = new Map(
    config.zones.map(({ zone, referenceSubnetId }) => [
      zone,
      (referenceSubnetId === undefined
        ? podSubnetOf(subnets, cluster, zone)
        : subnets.find(({ id }) => id === referenceSubnetId)
      )?.id,
    ]),
  );
  const seen = subnets.map((subnet): ObservedSubnet => {
    const reference = references.get(subnet.zone);
    return {
      ...subnet,
      freePrefixes: usage.get(subnet.id)!.free.free,
      interfaces: usage.get(subnet.id)!.interfaces,
      owned: subnet.tags[OWNER_TAG] === cluster,
      discoverable: isPodSubnet(subnet),
      wired: reference !== undefined && wiring.alike(subnet.id, reference),
      recorded: recordedState(subnet.tags),
    };
  });
  return {
    now,
    cni,
    subnets: seen,
    zones: config.zones.map(({ zone }) =>
      observeZone({ zone, reference: references.get(zone), pods: relevant, usage, config, now, history }),
    ),
    vpcCidrs,
    foreignCidrs: allocations
      .flat()
      .filter(({ resourceType, resourceId }) => resourceType !== "vpc" || resourceId !== vpcId)
      .map(({ cidr }) => cidr),
    ...(poolCidrs && { poolCidrs }),
  };
}

/** @throws AutoscalerError when the cluster is gone, is in another VPC, or its CNI is not known */
async function observeCni(
  eks: Eks,
  { cluster, region, vpcId, selfManagedCni }: AutoscalerConfig,
): Promise<Cni> {
  const actual = await eks.clusterVpc(cluster);
  if (actual === undefined)
    throw new AutoscalerError(
      cluster,
      `there is no such EKS cluster in ${region}; destroy its autoscaler, then run subnet-autoscaler drain`,
    );
  if (actual !== vpcId)
    throw new AutoscalerError(cluster, `it is in ${actual}, not ${vpcId}; deploy the construct again`);
  if (selfManagedCni !== undefined)
    return cniOf(selfManagedCni.version, { ...selfManagedCni, subnetDiscovery: true });
  const addon = await eks.cniAddon(cluster);
  if (addon === undefined)
    throw new AutoscalerError(
      cluster,
      "it has no add-on vpc-cni, so the release that reads the subnets' tags is not known; install the add-on or configure selfManagedCni",
    );
  return addonCni(addon.version, addon.configuration);
}

function podSubnetOf(subnets: readonly Ec2Subnet[], cluster: string, zone: string): Ec2Subnet | undefined {
  return subnets
    .filter(
      ({ tags, zone: where }) => where === zone && tags[CLUSTER_TAG] === cluster && tags[ROLE_TAG] === "pod",
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}

/** How the interfaces of one subnet use it; a page of interfaces is folded in and forgotten. */
class Usage {
  readonly free: FreePrefixes;
  interfaces = 0;
  prefixes = 0;
  recentPrefixes = 0;
  /** By instance: interfaces, and slots of theirs that are taken. */
  readonly instances = new Map<string, { enis: number; slots: number }>();

  constructor(subnet: Ec2Subnet) {
    this.free = new FreePrefixes(subnet.cidr);
  }

  add(eni: Ec2Interface, now: number): void {
    this.interfaces += 1;
    for (const address of eni.addresses) this.free.takeAddress(address);
    for (const prefix of eni.prefixes) this.free.takePrefix(prefix);
    // Without prefix delegation 16 addresses weigh as much as one prefix.
    const prefixes = eni.prefixes.length + Math.max(0, eni.addresses.length - 1) / PREFIX_ADDRESSES;
    this.prefixes += prefixes;
    if (attachedRecently(eni.attachedAt, now)) this.recentPrefixes += prefixes;
    if (eni.instanceId === undefined) return;
    const instance = this.instances.get(eni.instanceId) ?? { enis: 0, slots: 0 };
    instance.enis += 1;
    instance.slots += eni.prefixes.length + Math.max(0, eni.addresses.length - 1);
    this.instances.set(eni.instanceId, instance);
  }
}

interface ZoneProps {
  readonly zone: string;
  readonly reference: string | undefined;
  /** Pod and growth subnets of all zones. */
  readonly pods: readonly Ec2Subnet[];
  readonly usage: ReadonlyMap<string, Usage>;
  readonly config: AutoscalerConfig;
  readonly now: number;
  readonly history: History;
}

function observeZone({ zone, reference, pods, usage, config, now, history }: ZoneProps): ObservedZone {
  const used = pods.filter((subnet) => subnet.zone === zone).map(({ id }) => usage.get(id)!);
  const total = (pick: (subnet: Usage) => number): number => used.reduce((sum, one) => sum + pick(one), 0);
  history.record(
    zone,
    now,
    total(({ prefixes }) => prefixes),
  );
  const nodes = new Map<string, { enis: number; slots: number }>();
  for (const { instances } of used)
    for (const [id, { enis, slots }] of instances) {
      const node = nodes.get(id) ?? { enis: 0, slots: 0 };
      nodes.set(id, { enis: node.enis + enis, slots: node.slots + slots });
    }
  return {
    zone,
    ...(reference !== undefined && { referenceSubnetId: reference }),
    nodes: nodes.size,
    fullNodes: [...nodes.values()].filter((node) => isFull(node, config.nodeShape)).length,
    prefixesPerMinute: history.rate(zone) ?? attachRate(total(({ recentPrefixes }) => recentPrefixes)),
  };
}

/** The first interface of a node is in the node subnet, so one interface less carries pods. */
function isFull(node: { enis: number; slots: number }, shape: AutoscalerConfig["nodeShape"]): boolean {
  return (
    shape !== undefined &&
    node.enis >= shape.enis - 1 &&
    node.slots >= node.enis * (shape.addressesPerEni - 1)
  );
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
