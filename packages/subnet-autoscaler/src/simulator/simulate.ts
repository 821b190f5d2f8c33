import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { Store } from "@cluster-ipam/cloud-model";
import { DirectEc2 } from "@cluster-ipam/cloud-model/endpoint";
import { isEmptySpace, plannedSpace } from "../plan/growth-space";
import { plannedPolicy } from "../plan/planned-policy";
import { referenceSubnets } from "../plan/reference-subnets";
import { DEFAULT_QUOTAS, type ScalingPolicy } from "../runtime/config/config";
import { AutoscalerError } from "../runtime/errors/autoscaler-error";
import { PlannedNetwork } from "./planned-network";
import { type PodTrace } from "./pod-trace";
import { prefixDelegationEks, SimulatedAutoscaler } from "./simulated-autoscaler";
import { SimulatedCluster } from "./simulated-cluster";
import { type Send } from "./simulated-network";
import { VirtualClock } from "./virtual-clock";

/** ipamd compares its addresses with its targets every 5 seconds. Source: amazon-vpc-cni-k8s, `ipPoolMonitorInterval`. */
const IPAMD_LOOKS_PER_MINUTE = 12;

/** Input of {@link simulate}. */
export interface SimulateProps {
  readonly addresses: EksClusterAddresses;
  readonly trace: PodTrace;
  /** The autoscaler's policy. @default what follows from the address plan */
  readonly policy?: ScalingPolicy;
}

/** What a minute ended with. */
export interface Sample {
  readonly minute: number;
  /** Pods that the trace asks for. */
  readonly asked: number;
  /** Pods with an address. */
  readonly running: number;
  /** Pods without an address or without a node. */
  readonly pending: number;
  /** Those without a node, because the node subnets are full. */
  readonly withoutNode: number;
  readonly nodes: number;
  /** Addresses that nobody else can use: planned node and pod subnets, and attached growth CIDRs. */
  readonly addresses: number;
  /** Addresses of all subnets for nodes and pods. */
  readonly inSubnets: number;
}

/** What the autoscaler changed in a minute: `create 100.64.0.0/22`, … */
export interface TimedChange {
  readonly minute: number;
  readonly change: string;
}

/** What a trace does to a planned cluster. */
export interface SimulationResult {
  readonly cluster: string;
  /** One for each minute of the trace. */
  readonly samples: readonly Sample[];
  readonly changes: readonly TimedChange[];
}

/**
 * Runs a trace against a planned cluster and its autoscaler, in the modeled EC2: the nodes are of the planned type and take the
 * planned pods divided by the planned nodes; the VPC CNI has its defaults with prefix delegation; the autoscaler runs every minute.
 *
 * @throws AutoscalerError for a cluster without growth space
 */
export async function simulate({ addresses, trace, policy }: SimulateProps): Promise<SimulationResult> {
  const growth = plannedSpace({ addresses });
  if (isEmptySpace(growth))
    throw new AutoscalerError(
      addresses.name,
      `it has no growth space in the address plan; set growthPercent, or eksGrowth of ${addresses.environment}, in addresses.yaml and run npm run addresses`,
    );
  const clock = new VirtualClock();
  const quotas = { ...DEFAULT_QUOTAS, cidrsPerVpc: addresses.vpcCidrQuota };
  const ec2 = new DirectEc2({
    store: new Store({ now: clock.now }),
    region: addresses.region,
    faults: { quotas: { cidrsPerVpc: quotas.cidrsPerVpc } },
  });
  const send: Send = (command) => ec2.send(command);
  const network = await PlannedNetwork.build({ send, addresses, growth });
  const autoscaler = new SimulatedAutoscaler({
    send,
    eks: prefixDelegationEks(network.vpcId),
    now: clock.now,
    config: {
      cluster: addresses.name,
      region: addresses.region,
      vpcId: network.vpcId,
      growthPools: network.growthPools,
      zones: referenceSubnets(addresses).map(({ zone, state }) => ({
        zone,
        ...(state === "draining" && { draining: true }),
      })),
      policy: policy ?? plannedPolicy(addresses, growth),
      quotas,
      mode: "act",
      metricNamespace: "Simulation",
    },
  });
  const clusters = nodesFor(trace, addresses, send, network);
  const samples: Sample[] = [];
  const changes: TimedChange[] = [];
  for (; clock.minute <= trace.minutes; clock.minute++) {
    const { minute } = clock;
    const asked = trace.at(minute);
    for (const [index, cluster] of clusters.entries()) await cluster.pass(minute, asked[index]!);
    changes.push(...(await autoscaler.run()).map((change) => ({ minute, change })));
    const taken = await network.takenAddresses();
    const total = (of: (cluster: SimulatedCluster) => number) =>
      clusters.reduce((sum, each) => sum + of(each), 0);
    samples.push({
      minute,
      asked: asked.reduce((sum, pods) => sum + pods, 0),
      running: total(({ running }) => running),
      pending: total(({ pending }) => pending),
      withoutNode: total(({ unplaced }) => unplaced),
      nodes: total(({ size }) => size),
      addresses: taken.all,
      inSubnets: taken.inSubnets,
    });
  }
  return { cluster: addresses.name, samples, changes };
}

/** The nodes of each column of a trace. */
function nodesFor(
  { zones }: PodTrace,
  addresses: EksClusterAddresses,
  send: Send,
  vpc: PlannedNetwork,
): readonly SimulatedCluster[] {
  const { demand, instanceTypes } = addresses;
  const inUse = addresses.zones.filter((zone) => vpc.nodeSubnetsOf(zone).length > 0);
  return (zones?.map((zone) => [zone]) ?? [inUse]).map(
    (nodeZones) =>
      new SimulatedCluster({
        send,
        vpc,
        zones: nodeZones,
        cni: { prefixDelegation: true },
        instanceType: instanceTypes[0]!,
        podsPerNode: Math.ceil(demand.pods / demand.nodes),
        looksPerMinute: IPAMD_LOOKS_PER_MINUTE,
      }),
  );
}

/** The figures of a simulation, as in docs/comparison.md. */
export interface Figures {
  /** Addresses per running pod, mean over the minutes with pods. */
  readonly meanPerPod: number;
  readonly mostAddresses: number;
  /** Minutes without an address, summed over all pods. */
  readonly pendingMinutes: number;
  readonly mostPending: number;
  /** The most pods without a node. */
  readonly mostWithoutNode: number;
}

/** @param samples at least one */
export function figuresOf(samples: readonly Sample[]): Figures {
  const perPod = samples
    .filter(({ running }) => running > 0)
    .map(({ addresses, running }) => addresses / running);
  const most = (of: (sample: Sample) => number): number =>
    samples.reduce((max, each) => Math.max(max, of(each)), 0);
  return {
    meanPerPod: perPod.reduce((sum, value) => sum + value, 0) / Math.max(1, perPod.length),
    mostAddresses: most(({ addresses }) => addresses),
    pendingMinutes: samples.reduce((sum, { pending }) => sum + pending, 0),
    mostPending: most(({ pending }) => pending),
    mostWithoutNode: most(({ withoutNode }) => withoutNode),
  };
}
