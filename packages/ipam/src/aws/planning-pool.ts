import { ValidationError } from "@cluster-ipam/blueprint-core";
import { VpcIpamPoolCidr } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkAccountId } from "./aws-account";
import { type IpamScope } from "./aws-ipam";
import { parseCidr } from "../cidr";
import { checkPoolKey, poolDescription, poolTag } from "./ipam-pool-lookup";
import { VpcIpamPool } from "@cluster-ipam/blueprint-core/aws";

/** The VPC whose space is planned. */
export interface PlanningVpc {
  readonly id: string;
  /** Account of the VPC, 12 digits: the IPAM's account, because the provider looks the VPC up with its credentials. */
  readonly owner: string;
  readonly region: string;
  /** Every IPv4 CIDR of the VPC, the primary one and the secondary ones. */
  readonly cidrs: readonly string[];
}

export interface PlanningPoolProps {
  /** Private scope of the IPAM: an `AwsIpam`, or one made elsewhere. */
  readonly ipam: IpamScope;
  /** Key of the pool, unique in the organisation. */
  readonly key: string;
  /** Id of the pool that the VPC's CIDR is allocated from. */
  readonly sourcePoolId: string;
  readonly vpc: PlanningVpc;
  /** The CIDR of the VPC that the pool plans: exactly one of `vpc.cidrs`, and of one planning pool only. */
  readonly cidr: string;
  /** Tags besides `Name` and `cluster-ipam/pool`. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A resource-planning pool: the only kind of pool that subnets get their CIDR from (`aws_subnet.ipv4_ipam_pool_id`).
 *
 * It needs aws 6.29 or later, and waits until IPAM has discovered the VPC, which takes up to 35 minutes.
 */
export class PlanningPool extends Construct {
  readonly poolId: string;
  /** The provisioned CIDR: subnets that allocate from the pool depend on it. */
  readonly provisioned: ITerraformDependable;

  /** @throws ValidationError */
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
        `the VPC is in ${vpc.region} but the IPAM operates in ${ipam.operatingRegions.join(", ")}; add ${vpc.region} to operatingRegions`,
      );
    }
    parseCidr(this, `planning pool ${key}`, cidr);
    if (!vpc.cidrs.includes(cidr)) {
      throw new ValidationError(
        this,
        `planning pool ${key} has ${cidr} but the VPC has ${vpc.cidrs.join(", ")}; a planning pool holds exactly one CIDR of its VPC`,
      );
    }
  }
}
