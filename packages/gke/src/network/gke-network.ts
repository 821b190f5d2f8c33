import { Annotations, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type GkeClusterAddresses, Prefix } from "@cluster-ipam/address-plan";
import { GoogleInternalRanges } from "@cluster-ipam/ipam/google";
import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { CloudNat } from "./cloud-nat";
import { checkContract } from "./network-contract-check";
import { type GkeIpam, resolveIpam } from "./ipam-mode";
import { type GkeNetworkContract, type PodRange } from "./gke-network-contract";

export interface GkeNetworkProps {
  /** The cluster's addresses; it has the network to itself. */
  readonly cluster: GkeClusterAddresses;
  /** Project of the network and of the cluster. */
  readonly project: string;
  /** Who chooses the pod ranges; the contract carries it on to the cluster. */
  readonly ipam: GkeIpam;
  /**
   * Lowest control-plane version, for example `1.33`: decides whether Auto IPAM is possible, and is carried on to the
   * cluster.
   * @default the release channel's
   */
  readonly version?: string;
  /**
   * Version of the google provider, where something holds it back: a lock file, a mirror of the registry.
   * @default the stacks require what their arguments need
   */
  readonly googleVersion?: string;
  /**
   * Planned mode: pod ranges inside the growth space, for node pools that need one of their own.
   * @default each block of the growth space is a pod range (`growth`, `growth-2` …), unless `extraSubnets` divide it
   */
  readonly podRanges?: readonly { readonly name: string; readonly cidr: string }[];
  /** Planned mode: further subnets for node pools, at most 8, inside the growth space. @default none */
  readonly extraSubnets?: readonly { readonly name: string; readonly nodes: string; readonly pods: string }[];
  /** IPv6 (internal, ULA) beside IPv4 for nodes and pods. @default false */
  readonly dualStack?: boolean;
}

/**
 * A cluster's network: a custom-mode VPC, its subnetwork with the planned ranges, Cloud NAT, the internal ranges that
 * fence everything else off, and the firewall rule for the plan's private ranges.
 */
export class GkeNetwork extends Construct {
  /** What the cluster's stack needs. */
  readonly contract: GkeNetworkContract;

  private readonly network: ComputeNetwork;
  private readonly ranges: GoogleInternalRanges;

  /** @throws ValidationError ranges that overlap or have no place in the mode, names that Google refuses */
  constructor(scope: Construct, id: string, props: GkeNetworkProps) {
    super(scope, id);
    const { ipam, fellBack } = resolveIpam(this, props.ipam, props);
    if (fellBack !== undefined) Annotations.of(this).addWarning(fellBack);
    this.contract = { ...networkContract(props, ipam), stack: TerraformStack.of(this).node.id };
    checkContract(this, this.contract);

    const { cluster, project } = props;
    this.network = new ComputeNetwork(this, "network", {
      name: cluster.name,
      project,
      autoCreateSubnetworks: false,
      ...(this.contract.dualStack ? { enableUlaInternalIpv6: true } : {}),
    });
    this.ranges = new GoogleInternalRanges(this, "ranges", {
      network: this.network.id,
      project,
      addresses: cluster,
      // The mode asked for: after a fallback the pods' space stays unreserved, so that the way to auto is in place.
      mode: props.ipam.mode,
    });
    this.addSubnetworks();
    new CloudNat(this, "nat", {
      name: cluster.name,
      project,
      region: cluster.region,
      network: this.network.id,
    });
    this.addInternalFirewall();
  }

  private addSubnetworks(): void {
    const { cluster, subnetwork, podRanges, extraSubnets } = this.contract;
    this.addSubnetwork("subnetwork", subnetwork, cluster.nodes, this.ranges.nodesRange, podRanges);
    for (const extra of extraSubnets) {
      this.addSubnetwork(
        `subnetwork-${extra.name}`,
        extra.subnetwork,
        extra.nodes,
        this.growthRange(extra.nodes),
        [extra.pods],
      );
    }
  }

  private addSubnetwork(
    id: string,
    selfLink: string,
    nodes: string,
    reservedInternalRange: string | undefined,
    podRanges: readonly PodRange[],
  ): void {
    const { cluster, project, ipam, dualStack } = this.contract;
    new ComputeSubnetwork(this, id, {
      name: selfLink.slice(selfLink.lastIndexOf("/") + 1),
      project,
      region: cluster.region,
      network: this.network.id,
      ipCidrRange: nodes,
      reservedInternalRange,
      privateIpGoogleAccess: true,
      ...(dualStack ? { stackType: "IPV4_IPV6", ipv6AccessType: "INTERNAL" } : {}),
      // One range in the configuration and Terraform would remove those that Auto IPAM adds.
      ...(ipam.mode === "auto"
        ? { lifecycle: { ignoreChanges: ["secondary_ip_range"] } }
        : { secondaryIpRange: podRanges.map((range) => this.secondaryRange(range)) }),
    });
  }

  private secondaryRange({ rangeName, cidr }: PodRange) {
    const { podsRange } = this.ranges;
    return {
      rangeName,
      ipCidrRange: cidr,
      reservedInternalRange: cidr === this.contract.cluster.pods ? podsRange : this.growthRange(cidr),
    };
  }

  /** The internal range of the growth block that this CIDR lies in. */
  private growthRange(cidr: string): string | undefined {
    const inner = Prefix.parse(cidr);
    return [...this.ranges.growthRanges].find(([block]) => Prefix.parse(block).contains(inner))?.[1];
  }

  /**
   * Lets the plan's private ranges in, so pods of other clusters, the control plane's webhooks and ranges that do not
   * exist yet are covered. Who may talk to a pod is for network policies to say.
   */
  private addInternalFirewall(): void {
    const { cluster, project } = this.contract;
    new ComputeFirewall(this, "internal", {
      name: `${cluster.name}-internal`,
      project,
      network: this.network.id,
      description: "Ingress from every private range of the address plan",
      direction: "INGRESS",
      sourceRanges: [...cluster.privateRanges],
      allow: [{ protocol: "tcp" }, { protocol: "udp" }, { protocol: "icmp" }],
    });
  }
}

function networkContract(props: GkeNetworkProps, ipam: GkeIpam): GkeNetworkContract {
  const { cluster, project } = props;
  const { name, region } = cluster;
  const podRange = (range: string, cidr: string): PodRange => ({
    name: range,
    rangeName: `${name}-${range}`,
    cidr,
  });
  const subnetworks = `projects/${project}/regions/${region}/subnetworks`;
  const divided = props.podRanges !== undefined || props.extraSubnets !== undefined;
  const fromPlan =
    ipam.mode === "auto"
      ? []
      : [
          podRange("pods", cluster.pods),
          ...(divided ? [] : cluster.growth.map((block) => podRange(block.name, block.cidr))),
        ];
  return {
    cluster,
    project,
    networkProject: project,
    ipam,
    ...(props.version === undefined ? {} : { version: props.version }),
    network: `projects/${project}/global/networks/${name}`,
    subnetwork: `${subnetworks}/${name}`,
    podRanges: [...fromPlan, ...(props.podRanges ?? []).map((range) => podRange(range.name, range.cidr))],
    extraSubnets: (props.extraSubnets ?? []).map((extra) => ({
      name: extra.name,
      subnetwork: `${subnetworks}/${name}-${extra.name}`,
      nodes: extra.nodes,
      pods: podRange(`${extra.name}-pods`, extra.pods),
    })),
    dualStack: props.dualStack ?? false,
  };
}
