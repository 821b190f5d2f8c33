import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type GkeClusterAddresses } from "@cluster-ipam/address-plan";
import { ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { GoogleInternalRanges } from "@cluster-ipam/ipam/google";
import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { CloudNat } from "./cloud-nat";
import {
  composedContract,
  type ExtraSubnetOptions,
  plannedNames,
  type PodRangeOptions,
} from "./composed-contract";
import { checkContract } from "./network-contract-check";
import { type GkeIpamOptions, resolveIpam } from "./ipam-mode";
import { type GkeNetworkContract, type PodRange } from "./gke-network-contract";

/** Options of the subnets' flow logs. */
export interface FlowLogOptions {
  /** Share of the connections that are logged, above 0 and at most 1. @default 0.5 */
  readonly sampling?: number;
}

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
   * Planned mode: pod ranges inside the growth space, for node pools that need their own range. The plan's own (`pods`,
   * `pods-2` …) are always there. To divide growth space that is deployed as a whole, let it drain first:
   * `[{ name: "growth", cidr, state: "draining" }]`, then `[]`, then its parts.
   * @default one pod range per growth block (`growth`, `growth-2` …), or none with `extraSubnets`
   */
  readonly podRanges?: readonly PodRangeOptions[];
  /**
   * Planned mode: additional subnets for node pools inside the growth space, at most 8 together with those of the plan
   * (`nodes-2` …).
   * @default none
   */
  readonly extraSubnets?: readonly ExtraSubnetOptions[];
  /** Flow logs of the subnets. @default none */
  readonly flowLogs?: FlowLogOptions;
  /**
   * Adds IPv6 addresses to nodes and pods: `true` or "internal" for ULAs that only the VPC and what peers with it reach, "external"
   * for addresses of Google that the internet can reach as far as firewalls admit it. Changing it replaces the subnetwork.
   * @default false
   */
  readonly dualStack?: boolean | "internal" | "external";
}

/**
 * A cluster's network: a custom-mode VPC, a subnetwork with the planned ranges, Cloud NAT, internal ranges that fence
 * all other space, and a firewall rule for the plan's private ranges.
 */
export class GkeNetwork extends Construct {
  /** The network, for the cluster's stack. */
  readonly contract: GkeNetworkContract;

  readonly network: ComputeNetwork;
  readonly ranges: GoogleInternalRanges;

  private readonly flowLogs: FlowLogOptions | undefined;
  private readonly ipv6Access: "INTERNAL" | "EXTERNAL";

  /**
   * @throws ValidationError for overlapping ranges, ranges that the mode does not allow, and names that Google rejects
   */
  constructor(scope: Construct, id: string, props: GkeNetworkProps) {
    super(scope, id);
    const { ipam, fallbackReason } = resolveIpam(this, props.ipam, props);
    if (fallbackReason !== undefined) warn(this, fallbackReason);
    this.ipv6Access = props.dualStack === "external" ? "EXTERNAL" : "INTERNAL";
    this.contract = { ...composedContract(props, ipam), stack: TerraformStack.of(this).node.id };
    checkPlannedNames(this, props);
    checkContract(this, this.contract);

    this.flowLogs = props.flowLogs;
    checkSampling(this, props.flowLogs);

    const { addresses, project } = props;
    this.network = new ComputeNetwork(this, "network", {
      name: addresses.name,
      project,
      autoCreateSubnetworks: false,
      ...(this.contract.dualStack && this.ipv6Access === "INTERNAL" ? { enableUlaInternalIpv6: true } : {}),
    });
    this.ranges = new GoogleInternalRanges(this, "ranges", {
      network: this.network.id,
      project,
      addresses,
      // The requested mode: after a fallback the pods' space stays unreserved, so Auto IPAM can be enabled in place.
      mode: props.ipam.mode,
      attached: this.attached(props.ipam),
    });
    checkOpen(this, this.contract, this.ranges.open);
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
    const own = this.addSubnetwork("subnetwork", subnetwork, addresses.nodes, podRanges);
    for (const { name, subnetwork: extra, nodes, pods } of extraSubnets) {
      // Its space may be that of a pod range, which has to leave the cluster's own subnet first.
      this.addSubnetwork(`subnetwork-${name}`, extra, nodes, [pods], [own]);
    }
  }

  private addSubnetwork(
    id: string,
    selfLink: string,
    nodes: string,
    podRanges: readonly PodRange[],
    after: readonly ComputeSubnetwork[] = [],
  ): ComputeSubnetwork {
    const { addresses, project, ipam, dualStack } = this.contract;
    return new ComputeSubnetwork(this, id, {
      name: selfLink.slice(selfLink.lastIndexOf("/") + 1),
      project,
      region: addresses.region,
      network: this.network.id,
      ipCidrRange: nodes,
      reservedInternalRange: this.ranges.reservationOf(nodes),
      privateIpGoogleAccess: true,
      ...(this.flowLogs && {
        // Ten minutes make the fewest records to pay for.
        logConfig: {
          aggregationInterval: "INTERVAL_10_MIN",
          flowSampling: this.flowLogs.sampling ?? 0.5,
          metadata: "INCLUDE_ALL_METADATA",
        },
      }),
      ...(dualStack ? { stackType: "IPV4_IPV6", ipv6AccessType: this.ipv6Access } : {}),
      ...(podRanges.length === 0
        ? {}
        : {
            secondaryIpRange: podRanges.map(({ rangeName, cidr }) => ({
              rangeName,
              ipCidrRange: cidr,
              reservedInternalRange: this.ranges.reservationOf(cidr),
            })),
          }),
      ...(after.length === 0 ? {} : { dependsOn: [...after] }),
      // Terraform would remove the ranges that Auto IPAM adds.
      ...(ipam.mode === "auto" ? { lifecycle: { ignoreChanges: ["secondary_ip_range"] } } : {}),
    });
  }

  /** CIDRs that the subnetworks have from the cluster's time in planned mode. */
  private attached(requested: GkeIpamOptions): readonly string[] {
    if (requested.mode === "planned") return [];
    const kept = ({ name }: { readonly name: string }) => requested.plannedRanges?.includes(name) === true;
    const { podRanges, extraSubnets } = this.contract;
    return [
      ...podRanges.filter(kept).map(({ cidr }) => cidr),
      ...extraSubnets.filter(kept).flatMap(({ nodes, pods }) => [nodes, pods.cidr]),
    ];
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

function checkSampling(where: Construct, { sampling = 0.5 }: FlowLogOptions = {}): void {
  if (sampling > 0 && sampling <= 1) return;
  throw new ValidationError(
    where,
    `flowLogs.sampling is ${sampling}; use a share above 0 and at most 1, or remove flowLogs`,
  );
}

/** Checks that the ranges which Auto IPAM keeps exist. */
function checkPlannedNames(where: Construct, props: GkeNetworkProps): void {
  if (props.ipam.mode === "planned") return;
  const known = plannedNames(props);
  const unknown = props.ipam.plannedRanges?.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ValidationError(
    where,
    `plannedRanges has "${unknown}", but the plan has no such range; use ${known.map((name) => `"${name}"`).join(", ")}`,
  );
}

/** Checks that Auto IPAM has space. */
function checkOpen(where: Construct, { addresses, ipam }: GkeNetworkContract, open: readonly string[]): void {
  if (ipam.mode === "planned" || ipam.enabled === false || open.length > 0) return;
  throw new ValidationError(
    where,
    `plannedRanges keeps every block of ${addresses.name}, and Auto IPAM has no space; raise growthPercent in the address plan in the same change`,
  );
}
