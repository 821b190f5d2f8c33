import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpamPoolCidrAllocation } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr-allocation";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { type EksClusterAddresses, Prefix } from "@cluster-ipam/address-plan";
import { literalCidr, ValidationError } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { CLUSTER_TAG, discoveryTags, ROLE_TAG } from "../subnets/network-tags";
import { type PlannedSubnet, plannedSubnets } from "../subnets/planned-subnets";
import { furtherCidrs } from "./attached-cidrs";
import { DEFAULT_CNI_VERSION, tagSemantics } from "./cni-version";

/** The ids and tags of a network from before the plan, as `addresses adopt` writes them. */
export interface AdoptedNetworkIds {
  /** AWS account, 12 digits. Terraform refuses any other. */
  readonly accountId: string;
  /** For example `vpc-0a1b2c3d4e5f60718`. */
  readonly vpcId: string;
  /** Ids of subnets by CIDR. What the plan has besides is created. */
  readonly subnets: Readonly<Record<string, string>>;
  /** Ids of the associations of secondary CIDRs by CIDR. What the plan has besides is attached. */
  readonly cidrs: Readonly<Record<string, string>>;
  /** Route tables of new subnets by zone. @default the VPC's main route table */
  readonly routeTables?: Readonly<Record<string, string>>;
  /** The tags of the VPC and of subnets, by id: they stay, and the plan's are added. @default none */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Props of an {@link AdoptedEksNetwork}. */
export interface AdoptedEksNetworkProps {
  /** Addresses of the cluster, from the address plan, which has `adopted` for it. */
  readonly addresses: EksClusterAddresses;
  readonly existing: AdoptedNetworkIds;
  /** Ids of the IPAM pools by their keys in the plan: the VPC's `pool` and that of every further CIDR. */
  readonly ipamPoolIds: Readonly<Record<string, string>>;
  /** Terraform refuses to destroy the VPC and what was imported with it. @default true */
  readonly deletionProtection?: boolean;
}

/** What the AWS provider would change, or replace, in a VPC that it did not create. */
const VPC_AS_IT_IS = [
  "enable_dns_hostnames",
  "enable_dns_support",
  "enable_network_address_usage_metrics",
  "instance_tenancy",
  "assign_generated_ipv6_cidr_block",
  "ipv6_cidr_block",
  // EC2 returns neither the pool nor the length (hashicorp/terraform-provider-aws#34304).
  "ipv4_ipam_pool_id",
  "ipv4_netmask_length",
];

const SUBNET_AS_IT_IS = [
  "map_public_ip_on_launch",
  "assign_ipv6_address_on_creation",
  "ipv6_cidr_block",
  "enable_dns64",
  "enable_resource_name_dns_a_record_on_launch",
  "enable_resource_name_dns_aaaa_record_on_launch",
  "private_dns_hostname_type_on_launch",
];

const CIDR_AS_IT_IS = ["ipv4_ipam_pool_id", "ipv4_netmask_length"];

/**
 * The VPC of an EKS cluster from before the plan. What exists is imported and stays as it is, apart from tags; IPAM reserves its
 * CIDRs; and what the plan adds, when it grows, is created beside it. Gateways, route tables, security groups and endpoints stay
 * with whoever manages them.
 *
 * @throws ValidationError if the plan does not have what is to be imported
 */
export class AdoptedEksNetwork extends Construct {
  readonly vpc: Vpc;
  private readonly lifecycle: { readonly preventDestroy: boolean };

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AdoptedEksNetworkProps,
  ) {
    super(scope, id);
    const { addresses, existing } = props;
    this.lifecycle = { preventDestroy: props.deletionProtection ?? true };
    const subnets = plannedSubnets(addresses, "ipv4");
    this.checkPlanned(subnets);
    this.vpc = this.importVpc();
    const associations = furtherCidrs(addresses, "ipv4").map(({ name, cidr, pool }) => ({
      cidr: Prefix.parse(cidr),
      resource: this.furtherCidr(name, cidr, pool),
    }));
    for (const subnet of subnets) {
      const around = associations.find(({ cidr }) => cidr.contains(Prefix.parse(subnet.cidr)));
      this.subnet(subnet, existing.subnets[subnet.cidr], around?.resource);
    }
  }

  private importVpc(): Vpc {
    const { addresses, existing } = this.props;
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: addresses.vpc,
      tags: this.tagsOf(existing.vpcId, {
        Name: addresses.name,
        environment: addresses.environment,
        [CLUSTER_TAG]: addresses.name,
      }),
      lifecycle: { ...this.lifecycle, ignoreChanges: VPC_AS_IT_IS },
    });
    vpc.importFrom(existing.vpcId);
    this.reserve("vpc", addresses.vpc, addresses.pool);
    return vpc;
  }

  private furtherCidr(name: string, cidr: string, pool: string): VpcIpv4CidrBlockAssociation {
    const association = this.props.existing.cidrs[cidr];
    const id = `${name}-cidr`;
    if (association === undefined)
      return new VpcIpv4CidrBlockAssociation(this, id, {
        vpcId: this.vpc.id,
        cidrBlock: cidr,
        ipv4IpamPoolId: this.poolId(pool),
      });
    const imported = new VpcIpv4CidrBlockAssociation(this, id, {
      vpcId: this.vpc.id,
      cidrBlock: cidr,
      lifecycle: { ...this.lifecycle, ignoreChanges: CIDR_AS_IT_IS },
    });
    imported.importFrom(association);
    this.reserve(name, cidr, pool);
    return imported;
  }

  /** IPAM gives the addresses to nobody else. */
  private reserve(name: string, cidr: string, pool: string): void {
    const { vpcId } = this.props.existing;
    new VpcIpamPoolCidrAllocation(this, `${name}-reservation`, {
      ipamPoolId: this.poolId(pool),
      cidr,
      description: `${vpcId}, which was there before the plan`,
    });
  }

  private subnet(
    subnet: PlannedSubnet,
    existing: string | undefined,
    around?: VpcIpv4CidrBlockAssociation,
  ): void {
    const { addresses } = this.props;
    const { id, zone, cidr, role } = subnet;
    const own = { Name: `${addresses.name}-${id}`, [CLUSTER_TAG]: addresses.name, [ROLE_TAG]: role };
    const common = { vpcId: this.vpc.id, availabilityZone: zone, cidrBlock: cidr };
    if (existing !== undefined) {
      const lifecycle = { ...this.lifecycle, ignoreChanges: SUBNET_AS_IT_IS };
      new Subnet(this, id, { ...common, tags: this.tagsOf(existing, own), lifecycle }).importFrom(existing);
      return;
    }
    const resource = new Subnet(this, id, {
      ...common,
      tags: { ...own, ...discoveryTags(subnet, addresses.name, tagSemantics(this, DEFAULT_CNI_VERSION)) },
      ...(around !== undefined && { dependsOn: [around] }),
    });
    const routeTableId = this.props.existing.routeTables?.[zone];
    if (routeTableId !== undefined)
      new RouteTableAssociation(this, `${id}-association`, { routeTableId, subnetId: resource.id });
  }

  /** The plan's tags beside those that were there: a name that somebody chose stays. */
  private tagsOf(id: string, own: Readonly<Record<string, string>>): Record<string, string> {
    return { ...own, ...this.props.existing.tags?.[id] };
  }

  private checkPlanned(subnets: readonly PlannedSubnet[]): void {
    const { addresses, existing } = this.props;
    for (const { cidr, zone } of subnets) literalCidr(this, `a subnet in ${zone}`, cidr);
    const planned = new Set([...subnets, ...furtherCidrs(addresses, "ipv4")].map(({ cidr }) => cidr));
    const unknown = Object.keys({ ...existing.subnets, ...existing.cidrs }).find(
      (cidr) => !planned.has(cidr),
    );
    if (unknown !== undefined)
      throw new ValidationError(
        this,
        `existing has ${unknown}, which the address plan does not have for ${addresses.key}; run npx addresses adopt again, or remove it from existing`,
      );
  }

  private poolId(key: string): string {
    const id = this.props.ipamPoolIds[key];
    if (id !== undefined) return id;
    throw new ValidationError(this, `ipamPoolIds has no ${key}; add the id of that IPAM pool`);
  }
}
