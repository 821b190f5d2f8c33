import { literalCidr, ValidationError } from "@cluster-ipam/blueprint-core";
import { VpcIpamPoolCidr } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkAccountId } from "./aws-account";
import { type IpamScope } from "./aws-ipam";
import { checkPoolKey, poolDescription, poolTag } from "./ipam-pool-lookup";
import { VpcIpamPool } from "@cluster-ipam/blueprint-core/aws";

/** The VPC whose subnets allocate from the pool. */
export interface PlanningVpcOptions {
  readonly id: string;
  /**
   * Account of the VPC, 12 digits. It must be the IPAM's account, whose credentials the provider uses to look up the
   * VPC.
   */
  readonly owner: string;
  readonly region: string;
  /** All IPv4 CIDRs of the VPC, primary and secondary. */
  readonly cidrs: readonly string[];
}

/** Props of a {@link PlanningPool}. */
export interface PlanningPoolProps {
  /** Private scope of the IPAM: an `AwsIpam`, or an existing one. */
  readonly ipam: IpamScope;
  /** Key of the pool, unique in the organization. */
  readonly key: string;
  /** Id of the pool that allocates the VPC's CIDR. */
  readonly sourcePoolId: string;
  readonly vpc: PlanningVpcOptions;
  /** The CIDR of the VPC for the pool: exactly one of `vpc.cidrs`. A CIDR has at most one planning pool. */
  readonly cidr: string;
  /** Tags in addition to `Name` and `cluster-ipam/pool`. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A resource-planning pool: the only kind of pool that allocates CIDRs to subnets (`aws_subnet.ipv4_ipam_pool_id`).
 *
 * It needs aws 6.29 or later. Terraform waits until IPAM has discovered the VPC, which takes up to 35 minutes.
 */
export class PlanningPool extends Construct {
  readonly poolId: string;
  /** The provisioned CIDR. Subnets that allocate from the pool depend on it. */
  readonly provisioned: ITerraformDependable;

  /**
   * @throws ValidationError for a malformed key or account id, and a Region or CIDR that is not the IPAM's or the VPC's
   */
  constructor(scope: Construct, id: string, props: PlanningPoolProps) {
    super(scope, id);
    const { ipam, vpc, key } = props;
    this.check(props);
    const pool = new VpcIpamPool(this, "pool", {
      region: ipam.homeRegion,
      addressFamily: "ipv4",
      ipamScopeId: ipam.scopeId,
      locale: vpc.region,
      sourceIpamPoolId: props.sourcePoolId,
      sourceResource: {
        resourceId: vpc.id,
        resourceOwner: vpc.owner,
        resourceRegion: vpc.region,
        resourceType: "vpc",
      },
      description: poolDescription({ key, description: `subnets of ${props.cidr}` }),
      tags: { ...props.tags, Name: key, [poolTag]: key },
    });
    this.poolId = pool.id;
    this.provisioned = new VpcIpamPoolCidr(this, "cidr", {
      region: ipam.homeRegion,
      ipamPoolId: pool.id,
      cidr: props.cidr,
    });
  }

  private check({ ipam, vpc, key, cidr }: PlanningPoolProps): void {
    checkPoolKey(this, key);
    checkAccountId(this, "vpc.owner", vpc.owner);
    if (!ipam.operatingRegions.includes(vpc.region)) {
      throw new ValidationError(
        this,
        `the VPC is in ${vpc.region}, but the IPAM operates in ${ipam.operatingRegions.join(", ")}; add ${vpc.region} to operatingRegions`,
      );
    }
    literalCidr(this, `planning pool ${key}`, cidr);
    if (!vpc.cidrs.includes(cidr)) {
      throw new ValidationError(
        this,
        `planning pool ${key} has ${cidr}, but the VPC has ${vpc.cidrs.join(", ")}; use exactly one CIDR of the VPC`,
      );
    }
  }
}
