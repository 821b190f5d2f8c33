import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type GkeClusterAddresses, Prefix } from "@cluster-ipam/address-plan";
import { warn } from "@cluster-ipam/blueprint-core";
import { GoogleInternalRanges } from "@cluster-ipam/ipam/google";
import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { CloudNat } from "./cloud-nat";
import { checkContract } from "./network-contract-check";
import { type GkeIpamOptions, resolveIpam } from "./ipam-mode";
import { type GkeNetworkContract, type PodRange } from "./gke-network-contract";

/** Props of a {@link GkeNetwork}. */
export interface GkeNetworkProps {
  /** Addresses of the cluster, from the address plan. The network has no other cluster. */
  readonly addresses: GkeClusterAddresses;
  /** Project of the network and of the cluster. */
  readonly project: string;
  /** Who chooses the pod ranges. The contract passes it to the cluster. */
  readonly ipam: GkeIpamOptions;
  /**
   * Minimum control-plane version, for example `1.33`. It decides whether Auto IPAM is possible, and the contract
   * passes it to the cluster.
   * @default the release channel's
   */
  readonly version?: string;
  /**
   * Version that a lock file or a registry mirror pins the google provider to.
   * @default not pinned; the stacks require the version that their arguments need
   */
  readonly googleVersion?: string;
  /**
   * Planned mode: pod ranges inside the growth space, for node pools that need their own range.
   * @default one pod range per growth block (`growth`, `growth-2` …), or none with `extraSubnets`
   */
  readonly podRanges?: readonly { readonly name: string; readonly cidr: string }[];
  /** Planned mode: additional subnets for node pools, at most 8, inside the growth space. @default none */
  readonly extraSubnets?: readonly { readonly name: string; readonly nodes: string; readonly pods: string }[];
  /** Adds internal (ULA) IPv6 addresses to nodes and pods. @default false */
  readonly dualStack?: boolean;
}

/**
 * A cluster's network: a custom-mode VPC, a subnetwork with the planned ranges, Cloud NAT, internal ranges that fence
 * all other space, and a firewall rule for the plan's private ranges.
 */
export class GkeNetwork extends Construct {
  /** The network, for the cluster's stack. */
  readonly contract: GkeNetworkContract;

  private readonly network: ComputeNetwork;
  private readonly ranges: GoogleInternalRanges;

  /**
   * @throws ValidationError for overlapping ranges, ranges that the mode does not allow, and names that Google rejects
   */
  constructor(scope: Construct, id: string, props: GkeNetworkProps) {
    super(scope, id);
    const { ipam, fallbackReason } = resolveIpam(this, props.ipam, props);
    if (fallbackReason !== undefined) warn(this, fallbackReason);
    this.contract = { ...networkContract(props, ipam), stack: TerraformStack.of(this).node.id };
    checkContract(this, this.contract);

    const { addresses, project } = props;
    this.network = new ComputeNetwork(this, "network", {
      name: addresses.name,
      project,
      autoCreateSubnetworks: false,
      ...(this.contract.dualStack ? { enableUlaInternalIpv6: true } : {}),
    });
    this.ranges = new GoogleInternalRanges(this, "ranges", {
      network: this.network.id,
      project,
      addresses,
      // The requested mode: after a fallback the pods' space stays unreserved, so Auto IPAM can be enabled in place.
      mode: props.ipam.mode,
    });
    this.addSubnetworks();
    new CloudNat(this, "nat", {
      name: addresses.name,
      project,
      region: addresses.region,
      network: this.network.id,
    });
    this.addInternalFirewall();
  }

  private addSubnetworks(): void {
    const { addresses, subnetwork, podRanges, extraSubnets } = this.contract;
    this.addSubnetwork("subnetwork", subnetwork, addresses.nodes, this.ranges.nodesRange, podRanges);
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
    const { addresses, project, ipam, dualStack } = this.contract;
    new ComputeSubnetwork(this, id, {
      name: selfLink.slice(selfLink.lastIndexOf("/") + 1),
      project,
      region: addresses.region,
      network: this.network.id,
      ipCidrRange: nodes,
      reservedInternalRange,
      privateIpGoogleAccess: true,
      ...(dualStack ? { stackType: "IPV4_IPV6", ipv6AccessType: "INTERNAL" } : {}),
      // With any range in the configuration, Terraform would remove those that Auto IPAM adds.
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
      reservedInternalRange: cidr === this.contract.addresses.pods ? podsRange : this.growthRange(cidr),
    };
  }

  /** The internal range of the growth block that contains the CIDR. */
  private growthRange(cidr: string): string | undefined {
    const inner = Prefix.parse(cidr);
    return [...this.ranges.growthRanges].find(([block]) => Prefix.parse(block).contains(inner))?.[1];
  }

  /**
   * Allows ingress from the plan's private ranges: pods of other clusters, the control plane's webhooks and future
   * ranges. Network policies restrict access to pods.
   */
  private addInternalFirewall(): void {
    const { addresses, project } = this.contract;
    new ComputeFirewall(this, "internal", {
      name: `${addresses.name}-internal`,
      project,
      network: this.network.id,
      description: "Ingress from every private range of the address plan",
      direction: "INGRESS",
      sourceRanges: [...addresses.privateRanges],
      allow: [{ protocol: "tcp" }, { protocol: "udp" }, { protocol: "icmp" }],
    });
  }
}

function networkContract(props: GkeNetworkProps, ipam: GkeIpamOptions): GkeNetworkContract {
  const { addresses, project } = props;
  const { name, region } = addresses;
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
          podRange("pods", addresses.pods),
          ...(divided ? [] : addresses.growth.map((block) => podRange(block.name, block.cidr))),
        ];
  return {
    addresses,
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
