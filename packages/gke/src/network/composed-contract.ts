import { type GkeClusterAddresses } from "@cluster-ipam/address-plan";
import { type ExtraSubnet, type GkeNetworkContract, type PodRange } from "./gke-network-contract";
import { type GkeIpamOptions } from "./ipam-mode";

/** A pod range that a composition adds in the growth space. */
export interface PodRangeOptions {
  /** Name for node pools. Changing it replaces the range. */
  readonly name: string;
  readonly cidr: string;
  /**
   * `draining`: the network keeps the range, but the cluster and its node pools no longer use it. Deploy this before you
   * remove the range, because the network is deployed first and Google keeps a range that a cluster uses. Remove ranges
   * and add others in different deployments: Google refuses both at once.
   * @default in use
   */
  readonly state?: "draining";
}

/** A subnet that a composition adds in the growth space. */
export interface ExtraSubnetOptions {
  /** Name for node pools. Changing it replaces the subnet. */
  readonly name: string;
  /** CIDR of the primary range. */
  readonly nodes: string;
  /** CIDR of the pod range. */
  readonly pods: string;
  /**
   * `draining`: the network keeps the subnet, but the cluster and its node pools no longer use it. Deploy this before
   * you remove the subnet, because the network is deployed first and Google keeps a subnet that a cluster uses.
   * @default in use
   */
  readonly state?: "draining";
}

/** What decides the contract of a composed network. */
export interface ComposedContractProps {
  readonly addresses: GkeClusterAddresses;
  readonly project: string;
  readonly version?: string;
  /** @default one pod range per growth block, or none with `extraSubnets` */
  readonly podRanges?: readonly PodRangeOptions[];
  /** @default none */
  readonly extraSubnets?: readonly ExtraSubnetOptions[];
  /** @default false */
  readonly dualStack?: boolean | "internal" | "external";
}

/** The contract of a network that is composed from an address plan. @param ipam the resolved mode */
export function composedContract(props: ComposedContractProps, ipam: GkeIpamOptions): GkeNetworkContract {
  const { addresses, project } = props;
  const { name, region } = addresses;
  const keeps = (range: { readonly name: string }) =>
    ipam.mode === "planned" || (ipam.plannedRanges ?? []).includes(range.name);
  return {
    addresses,
    project,
    networkProject: project,
    ipam,
    ...(props.version === undefined ? {} : { version: props.version }),
    network: `projects/${project}/global/networks/${name}`,
    subnetwork: `projects/${project}/regions/${region}/subnetworks/${name}`,
    podRanges: [
      ...plannedPodRanges(props).filter(keeps),
      ...(props.podRanges ?? []).map((range) => podRange(name, range)),
    ],
    extraSubnets: [
      ...plannedSubnets(props).filter(keeps),
      ...(props.extraSubnets ?? []).map((extra) =>
        extraSubnet(props, extra, { name: `${extra.name}-pods`, cidr: extra.pods }),
      ),
    ],
    dualStack: (props.dualStack ?? false) !== false,
  };
}

/** Names of the pod ranges and subnets that a network has in planned mode. */
export const plannedNames = (props: ComposedContractProps): readonly string[] =>
  [
    ...plannedPodRanges(props),
    ...(props.podRanges ?? []),
    ...plannedSubnets(props),
    ...(props.extraSubnets ?? []),
  ].map(({ name }) => name);

/** A composition that divides the growth space has no pod range for the whole of it. */
function plannedPodRanges({ addresses, podRanges, extraSubnets }: ComposedContractProps): PodRange[] {
  const divided = podRanges !== undefined || extraSubnets !== undefined;
  const blocks = [
    { name: "pods", cidr: addresses.pods },
    ...addresses.furtherPods,
    ...(divided ? [] : addresses.growth),
  ];
  return blocks.map((block) => podRange(addresses.name, block));
}

const plannedSubnets = (props: ComposedContractProps): ExtraSubnet[] =>
  props.addresses.furtherSubnets.map((subnet) => extraSubnet(props, subnet, subnet.pods));

/** A range of the address plan or of the composition. */
type NamedRange = Pick<PodRange, "name" | "cidr" | "state">;

const podRange = (cluster: string, { name, cidr, state }: NamedRange): PodRange => ({
  name,
  rangeName: `${cluster}-${name}`,
  cidr,
  ...(state === undefined ? {} : { state }),
});

function extraSubnet(
  { addresses, project }: ComposedContractProps,
  { name, nodes, state }: Pick<ExtraSubnet, "name" | "nodes" | "state">,
  pods: NamedRange,
): ExtraSubnet {
  return {
    name,
    subnetwork: `projects/${project}/regions/${addresses.region}/subnetworks/${addresses.name}-${name}`,
    nodes,
    pods: podRange(addresses.name, pods),
    ...(state === undefined ? {} : { state }),
  };
}
