import { freeBlocks, type GkeClusterAddresses, Prefix, summarize } from "@cluster-ipam/address-plan";
import { cidrSlug, literalCidr, ValidationError } from "@cluster-ipam/blueprint-core";
import {
  NetworkConnectivityInternalRange,
  type NetworkConnectivityInternalRangeConfig,
} from "@cdktf/provider-google/lib/network-connectivity-internal-range";
import { DataResource, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ClusterBlock, type ClusterBlocks, clusterBlocks } from "./cluster-blocks";

/** Props of {@link GoogleInternalRanges}. */
export interface GoogleInternalRangesProps {
  /** Self link or id of the cluster's own network: the fences close all space that is not this cluster's. */
  readonly network: string;
  /** Addresses of the cluster, from the address plan. */
  readonly addresses: GkeClusterAddresses;
  /**
   * `planned`: pods and growth are reserved, and only a subnetwork that refers to their ranges may use them.
   * `auto`: they stay free and unfenced, so that GKE Auto IPAM can use them, and nothing else.
   */
  readonly mode: "auto" | "planned";
  /**
   * Auto mode: CIDRs that the network's subnetworks have from the cluster's time in planned mode. Google does not delete
   * an internal range in use, so the blocks that contain them stay reserved.
   * @default none
   */
  readonly attached?: readonly string[];
  /**
   * `free`: GKE creates the control plane's subnet from the cluster's master_ipv4_cidr_block. GKE cannot refer to a
   * reserved range, so a reservation would block that subnet. `reserved`: the composition creates the subnet with
   * `reservationOf(addresses.controlPlane)` and sets it as the cluster's private_endpoint_subnetwork.
   * @default "free"
   */
  readonly controlPlane?: "free" | "reserved";
  /** Project of the network. @default the provider's project */
  readonly project?: string;
}

/** A block with its internal range. */
interface Reservation {
  readonly cidr: Prefix;
  readonly range: NetworkConnectivityInternalRange;
}

/**
 * The internal ranges of a GKE cluster's network. The cluster's blocks are reserved (FOR_VPC), retired ones until the
 * plan frees them, and all other private space is fenced (EXTERNAL_TO_VPC).
 *
 * Google rejects a subnet in a FOR_VPC range that does not refer to the range, and any subnet in an EXTERNAL_TO_VPC
 * range. Fences of different owners are merged, so a new cluster elsewhere in the plan changes nothing here.
 */
export class GoogleInternalRanges extends Construct {
  /** CIDRs of the fences: nothing in the network may use them. */
  readonly fences: readonly string[];
  /** The fences. A cluster with Auto IPAM depends on them, or GKE may choose ranges before they exist. */
  readonly fenced: readonly ITerraformDependable[];
  /** CIDRs from which GKE may allocate by itself. Empty in planned mode. */
  readonly open: readonly string[];
  private readonly reservations: Reservation[] = [];
  private readonly layout: DataResource;

  /**
   * @throws ValidationError for blocks or fences that overlap, space that is open in auto mode, and names that Google
   * rejects
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: GoogleInternalRangesProps,
  ) {
    super(scope, id);
    const blocks = clusterBlocks(this, props.addresses);
    const fences = this.checkFences([blocks.nodes, ...blocks.others, blocks.controlPlane]);
    this.fences = fences.map(String);
    this.layout = this.addLayout(blocks);
    this.reserve(blocks.nodes);
    const reserved = blocks.others.filter((block) => this.isReserved(block));
    for (const block of reserved) this.reserve(block);
    this.open = blocks.others.filter((block) => !reserved.includes(block)).map(({ cidr }) => String(cidr));
    if (props.controlPlane === "reserved") this.reserve(blocks.controlPlane);
    this.fenced = fences.map((fence) => this.fence(fence));
  }

  /**
   * The `reserved_internal_range` of a range: the reserved block that contains it.
   *
   * @param cidr of a subnetwork's primary or secondary range
   * @returns undefined if the block is not reserved
   */
  reservationOf(cidr: string): string | undefined {
    const inner = Prefix.parse(cidr);
    const found = this.reservations.find((reservation) => reservation.cidr.contains(inner));
    return found && `networkconnectivity.googleapis.com/${found.range.id}`;
  }

  private checkFences(own: readonly ClusterBlock[]): readonly Prefix[] {
    const { addresses, mode } = this.props;
    const fences = addresses.fences.map(({ cidr, owner }) => {
      const fence = literalCidr(this, `the fence of ${owner}`, cidr);
      const inside = own.find((block) => block.cidr.overlaps(fence));
      if (!inside) return fence;
      throw new ValidationError(
        this,
        `the fence ${cidr} (${owner}) overlaps the ${inside.role} block ${inside.cidr}; use fences and blocks of the same address plan`,
      );
    });
    if (mode === "auto") this.checkClosed([...own.map(({ cidr }) => cidr), ...fences]);
    return summarize(fences);
  }

  private checkClosed(known: readonly Prefix[]): void {
    const ranges = this.props.addresses.privateRanges.map((cidr) =>
      literalCidr(this, "a private range", cidr),
    );
    const open = summarize(ranges).flatMap((range) => freeBlocks(range, known));
    if (open.length === 0) return;
    throw new ValidationError(
      this,
      `mode "auto" lets GKE use ${open.join(", ")}, which is neither a block of ${this.props.addresses.name} nor fenced; fence it`,
    );
  }

  /**
   * Google rejects a range that overlaps an old one, and Terraform orders neither creations nor updates after deletions.
   * All ranges depend on this resource, so when it is replaced, the old ranges are deleted before others are created or
   * widened.
   */
  private addLayout({ others }: ClusterBlocks): DataResource {
    const further = others.filter(({ role }) => role !== "pods" && role !== "growth");
    const blocks = further
      .map(({ role, cidr }) => `${role} ${cidr}`)
      .sort()
      .join(", ");
    return new DataResource(this, "layout", {
      triggersReplace: { fences: this.fences.join(" "), ...(blocks === "" ? {} : { blocks }) },
    });
  }

  private isReserved(block: ClusterBlock): boolean {
    return this.props.mode === "planned" || this.isAttached(block) || block.state !== undefined;
  }

  private isAttached({ role, cidr }: ClusterBlock): boolean {
    const { attached = [] } = this.props;
    return role === "nodes" || attached.some((inner) => cidr.contains(Prefix.parse(inner)));
  }

  private reserve(block: ClusterBlock): void {
    const { role, cidr, state } = block;
    // Closes a block in which GKE may already have ranges, which do not refer to it.
    const closes = this.props.mode === "auto" && state !== undefined && !this.isAttached(block);
    const range = this.range(role, cidr, {
      ...(isWidened(role) ? {} : { immutable: true }),
      name: isWidened(role) ? this.name(role) : this.name(`${role}-${cidrSlug(cidr)}`),
      usage: "FOR_VPC",
      description: role,
      ...(closes ? { overlaps: ["OVERLAP_EXISTING_SUBNET_RANGE"] } : {}),
      lifecycle: { ignoreChanges: isWidened(role) ? ["name", "immutable", "overlaps"] : ["overlaps"] },
    });
    if (!closes) this.reservations.push({ cidr, range });
  }

  private fence(block: Prefix): NetworkConnectivityInternalRange {
    const slug = cidrSlug(block);
    return this.range(`fence-${slug}`, block, {
      name: this.name(`fence-${slug}`),
      usage: "EXTERNAL_TO_VPC",
      description: "lives outside this network",
      // Routes to this space may be static, and a range rejects them by default.
      overlaps: ["OVERLAP_ROUTE_RANGE"],
      // Another CIDR means another name, so Terraform replaces the range.
      immutable: true,
    });
  }

  private range(
    id: string,
    cidr: Prefix,
    config: Omit<NetworkConnectivityInternalRangeConfig, "network" | "peering">,
  ): NetworkConnectivityInternalRange {
    const { addresses, network, project } = this.props;
    return new NetworkConnectivityInternalRange(this, id, {
      ...config,
      description: `${addresses.name}: ${config.description}`,
      network,
      project,
      ipCidrRange: cidr.toString(),
      peering: "FOR_SELF",
      dependsOn: [this.layout],
    });
  }

  private name(label: string): string {
    const name = `${this.props.addresses.name}-${label}`;
    if (name.length <= 63 && /^[a-z][a-z0-9-]*$/.test(name)) return name;
    throw new ValidationError(
      this,
      `the internal range would be named ${name} (${name.length} characters), but Google allows 63 of a-z, 0-9 and '-', starting with a letter; rename the cluster`,
    );
  }
}

/**
 * Whether a block may be widened in place. Google changes neither the name of an internal range nor an immutable one, so
 * the name has no CIDR. Ranges that older releases created keep their names.
 */
function isWidened(role: string): boolean {
  return /^nodes(-\d+)?$/.test(role);
}
