import { freeBlocks, type GkeClusterAddresses, type Prefix, summarise } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { NetworkConnectivityInternalRange } from "@cdktf/provider-google/lib/network-connectivity-internal-range";
import { DataResource, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { cidrSlug, parseCidr } from "../cidr";

export interface GoogleInternalRangesProps {
  /** Self link or id of the cluster's own network: `fences` close everything that is not this cluster's. */
  readonly network: string;
  /** Addresses of the cluster, from the plan. */
  readonly addresses: GkeClusterAddresses;
  /**
   * `planned`: pods and growth are reserved, and only a subnetwork that refers to their ranges may use them.
   * `auto`: they are left free and unfenced, so that GKE Auto IPAM takes them and nothing else.
   */
  readonly mode: "auto" | "planned";
  /**
   * `free`: GKE makes the control plane's subnet itself, from the cluster's master_ipv4_cidr_block; GKE cannot refer to
   * a reserved range, so a reservation would refuse that subnet. `reserved`: the composition makes the subnet, refers
   * it to `controlPlaneRange`, and gives it to the cluster as private_endpoint_subnetwork.
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
 * The internal ranges of a GKE cluster's network: its blocks are reserved for it (FOR_VPC), and all other private
 * space is fenced (EXTERNAL_TO_VPC).
 *
 * Google refuses a subnet in a FOR_VPC range that does not refer to it, and any subnet in an EXTERNAL_TO_VPC range.
 * Names carry the CIDR, and fences are merged over their owners, so that a new cluster elsewhere in the plan changes
 * nothing here.
 */
export class GoogleInternalRanges extends Construct {
  /** What the subnetwork gives as `reserved_internal_range` of its primary range. */
  readonly nodesRange: string;
  /** The same for the pods' secondary range; undefined in auto mode. */
  readonly podsRange?: string;
  /** The same for the additional pod ranges, by the CIDR of the growth block; none in auto mode or without growth. */
  readonly growthRanges: ReadonlyMap<string, string>;
  /** The same for the control plane's own subnet; undefined unless it is reserved. */
  readonly controlPlaneRange?: string;
  /** CIDRs that nothing in the network may use. */
  readonly fences: readonly string[];
  /** The fences: a cluster with Auto IPAM depends on them, or GKE may choose before they stand. */
  readonly fenced: readonly ITerraformDependable[];
  private readonly layout: DataResource;

  /** @throws ValidationError */
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
    // Terraform orders neither a deletion nor a creation by the other, and Google refuses a range over an old one. All
    // ranges depend on this, so that when it is replaced, it goes after the old ones and comes before the new ones.
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
      cidr: parseCidr(this, `${addresses.name}'s ${role} block`, cidr),
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
        `the ${role} block ${cidr} overlaps the ${other.role} block ${other.cidr}; take the blocks from the address plan`,
      );
    });
  }

  private checkFences(own: readonly OwnBlock[]): readonly Prefix[] {
    const { addresses, mode } = this.props;
    const fences = addresses.fences.map(({ cidr, owner }) => {
      const fence = parseCidr(this, `the fence of ${owner}`, cidr);
      const inside = own.find((block) => block.cidr.overlaps(fence));
      if (!inside) return fence;
      throw new ValidationError(
        this,
        `the fence ${cidr} (${owner}) overlaps the ${inside.role} block ${inside.cidr}; take fences and blocks from the same address plan`,
      );
    });
    if (mode === "auto") this.checkClosed([...own.map(({ cidr }) => cidr), ...fences]);
    return summarise(fences);
  }

  private checkClosed(known: readonly Prefix[]): void {
    const ranges = this.props.addresses.privateRanges.map((cidr) => parseCidr(this, "a private range", cidr));
    const open = summarise(ranges).flatMap((range) => freeBlocks(range, known));
    if (open.length === 0) return;
    throw new ValidationError(
      this,
      `mode "auto" lets GKE take ${open.join(", ")}, which is neither a block of ${this.props.addresses.name} nor fenced; fence it`,
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
      // The way to what lives there may be a static route, which a range otherwise refuses.
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
        `the internal range would be named ${name} (${name.length} characters) but Google takes at most 63 of a-z, 0-9 and '-', a letter first; rename the cluster`,
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
      // An allocation never moves; another CIDR is another name, so Terraform replaces the range.
      immutable: true,
      dependsOn: [this.layout],
    });
  }
}
