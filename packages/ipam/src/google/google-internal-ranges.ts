import { freeBlocks, type GkeClusterAddresses, type Prefix, summarize } from "@cluster-ipam/address-plan";
import { cidrSlug, literalCidr, ValidationError } from "@cluster-ipam/blueprint-core";
import { NetworkConnectivityInternalRange } from "@cdktf/provider-google/lib/network-connectivity-internal-range";
import { DataResource, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

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
   * `free`: GKE creates the control plane's subnet from the cluster's master_ipv4_cidr_block. GKE cannot refer to a
   * reserved range, so a reservation would block that subnet. `reserved`: the composition creates the subnet with
   * `controlPlaneRange` and sets it as the cluster's private_endpoint_subnetwork.
   * @default "free"
   */
  readonly controlPlane?: "free" | "reserved";
  /** Project of the network. @default the provider's project */
  readonly project?: string;
}

interface OwnBlock {
  /** `nodes`, `pods`, `control-plane` or the growth block's name. */
  readonly role: string;
  readonly cidr: Prefix;
}

/**
 * The internal ranges of a GKE cluster's network. The cluster's blocks are reserved (FOR_VPC), and all other private
 * space is fenced (EXTERNAL_TO_VPC).
 *
 * Google rejects a subnet in a FOR_VPC range that does not refer to the range, and any subnet in an EXTERNAL_TO_VPC
 * range. Names include the CIDR, and fences of different owners are merged, so a new cluster elsewhere in the plan
 * changes nothing here.
 */
export class GoogleInternalRanges extends Construct {
  /** `reserved_internal_range` of the subnetwork's primary range. */
  readonly nodesRange: string;
  /** `reserved_internal_range` of the pods' secondary range; undefined in auto mode. */
  readonly podsRange?: string;
  /**
   * `reserved_internal_range` of the additional pod ranges, by growth block CIDR; empty in auto mode or without growth.
   */
  readonly growthRanges: ReadonlyMap<string, string>;
  /** `reserved_internal_range` of the control plane's subnet; undefined unless it is reserved. */
  readonly controlPlaneRange?: string;
  /** CIDRs of the fences: nothing in the network may use them. */
  readonly fences: readonly string[];
  /** The fences. A cluster with Auto IPAM depends on them, or GKE may choose ranges before they exist. */
  readonly fenced: readonly ITerraformDependable[];
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
    const { nodes, pods, growth, controlPlane } = this.parseBlocks();
    const own = [nodes, pods, controlPlane, ...growth];
    this.checkApart(own);
    const fences = this.checkFences(own);
    this.fences = fences.map(String);
    // Google rejects a range that overlaps an old one, and Terraform does not order creations after deletions. All
    // ranges depend on this resource, so when it is replaced, the old ranges are deleted before the new ones are
    // created.
    this.layout = new DataResource(this, "layout", { triggersReplace: { fences: this.fences.join(" ") } });

    this.nodesRange = this.reserve(nodes);
    const planned = props.mode === "planned";
    if (planned) this.podsRange = this.reserve(pods);
    this.growthRanges = new Map(
      (planned ? growth : []).map((block) => [block.cidr.toString(), this.reserve(block)]),
    );
    if (props.controlPlane === "reserved") this.controlPlaneRange = this.reserve(controlPlane);
    this.fenced = fences.map((fence) => this.fence(fence));
  }

  private parseBlocks() {
    const { addresses } = this.props;
    const block = (role: OwnBlock["role"], cidr: string): OwnBlock => ({
      role,
      cidr: literalCidr(this, `${addresses.name}'s ${role} block`, cidr),
    });
    return {
      nodes: block("nodes", addresses.nodes),
      pods: block("pods", addresses.pods),
      growth: addresses.growth.map(({ name, cidr }) => block(name, cidr)),
      controlPlane: block("control-plane", addresses.controlPlane),
    };
  }

  private checkApart(own: readonly OwnBlock[]): void {
    own.forEach(({ role, cidr }, i) => {
      const other = own.slice(0, i).find((before) => before.cidr.overlaps(cidr));
      if (!other) return;
      throw new ValidationError(
        this,
        `the ${role} block ${cidr} overlaps the ${other.role} block ${other.cidr}; use the blocks of the address plan`,
      );
    });
  }

  private checkFences(own: readonly OwnBlock[]): readonly Prefix[] {
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

  private reserve({ role, cidr }: OwnBlock): string {
    const range = this.range(role, role, cidr, { usage: "FOR_VPC", description: role });
    return `networkconnectivity.googleapis.com/${range.id}`;
  }

  private fence(block: Prefix): NetworkConnectivityInternalRange {
    return this.range(`fence-${cidrSlug(block)}`, "fence", block, {
      usage: "EXTERNAL_TO_VPC",
      description: "lives outside this network",
      // Routes to this space may be static, and a range rejects them by default.
      overlaps: ["OVERLAP_ROUTE_RANGE"],
    });
  }

  private range(
    id: string,
    label: string,
    cidr: Prefix,
    config: { usage: string; description: string; overlaps?: string[] },
  ): NetworkConnectivityInternalRange {
    const { addresses, network, project } = this.props;
    const name = `${addresses.name}-${label}-${cidrSlug(cidr)}`;
    if (name.length > 63 || !/^[a-z][a-z0-9-]*$/.test(name)) {
      throw new ValidationError(
        this,
        `the internal range would be named ${name} (${name.length} characters), but Google allows 63 of a-z, 0-9 and '-', starting with a letter; rename the cluster`,
      );
    }
    return new NetworkConnectivityInternalRange(this, id, {
      ...config,
      name,
      description: `${addresses.name}: ${config.description}`,
      network,
      project,
      ipCidrRange: cidr.toString(),
      peering: "FOR_SELF",
      // An allocation never moves. Another CIDR means another name, so Terraform replaces the range.
      immutable: true,
      dependsOn: [this.layout],
    });
  }
}
