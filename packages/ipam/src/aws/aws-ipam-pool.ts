import { type IpamPoolPlan, Prefix } from "@cluster-ipam/address-plan";
import { VpcIpamPool } from "@cdktf/provider-aws/lib/vpc-ipam-pool";
import { VpcIpamPoolCidr } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr";
import { VpcIpamPoolCidrAllocation } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr-allocation";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type IpamScope } from "./aws-ipam";
import { cidrSlug } from "../cidr";
import { type CheckedPool, checkPool } from "./ipam-pool-check";
import { poolDescription, poolTag } from "./ipam-pool-lookup";
import { reservedPool } from "./reserved-pool";

export interface AwsIpamPoolProps {
  /** Private scope of the IPAM: an `AwsIpam`, or one made elsewhere. */
  readonly ipam: IpamScope;
  /** The pool's entry in the plan. Its `parent` must be the key of the prop of that name. */
  readonly plan: IpamPoolPlan;
  /** Pool that the CIDRs are cut from. @default a root pool */
  readonly parent?: AwsIpamPool;
  /** Terraform refuses to destroy the pool. @default true */
  readonly deletionProtection?: boolean;
  /** Tags besides `Name` and `cluster-ipam/pool`. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * One pool: its CIDRs, allocation rules and reservations.
 *
 * A CIDR is provisioned after the parent's CIDR that contains it, and taken back before it. Reservations become
 * allocations; in a pool without locale, which takes none, they become the child pool `reserved`.
 */
export class AwsIpamPool extends Construct {
  readonly plan: IpamPoolPlan;
  readonly poolId: string;
  readonly poolArn: string;
  /** Region in which the IPAM, and so the pool, is managed. */
  readonly homeRegion: string;
  /** The provisioned CIDRs: what allocates from the pool depends on them. */
  readonly provisioned: readonly ITerraformDependable[];
  private readonly checked: CheckedPool;
  private readonly cidrs: ReadonlyMap<string, VpcIpamPoolCidr>;

  /** @throws ValidationError */
  constructor(scope: Construct, id: string, props: AwsIpamPoolProps) {
    super(scope, id);
    this.plan = props.plan;
    this.homeRegion = props.ipam.homeRegion;
    this.checked = checkPool(this, props.ipam, props.plan, props.parent?.checked);

    const { key, locale, rules } = props.plan;
    const pool = new VpcIpamPool(this, "pool", {
      region: this.homeRegion,
      addressFamily: "ipv4",
      ipamScopeId: props.ipam.scopeId,
      sourceIpamPoolId: props.parent?.poolId,
      locale,
      description: poolDescription(props.plan),
      allocationMinNetmaskLength: rules?.minNetmaskLength,
      allocationMaxNetmaskLength: rules?.maxNetmaskLength,
      allocationDefaultNetmaskLength: rules?.defaultNetmaskLength,
      allocationResourceTags: rules && { ...rules.requiredTags },
      tags: { ...props.tags, Name: key, [poolTag]: key },
      lifecycle: { preventDestroy: props.deletionProtection ?? true },
    });
    this.poolId = pool.id;
    this.poolArn = pool.arn;
    this.cidrs = this.provision(props.parent);
    this.provisioned = [...this.cidrs.values()];
    this.reserve(props);
  }

  private provision(parent?: AwsIpamPool): Map<string, VpcIpamPoolCidr> {
    return new Map(
      this.checked.cidrs.map((cidr) => [
        cidr.toString(),
        new VpcIpamPoolCidr(this, `cidr-${cidrSlug(cidr)}`, {
          region: this.homeRegion,
          ipamPoolId: this.poolId,
          cidr: cidr.toString(),
          dependsOn: parent?.holding(cidr),
        }),
      ]),
    );
  }

  /** The provisioned CIDR that contains a block of the pool. */
  private holding(block: Prefix): VpcIpamPoolCidr[] {
    return [...this.cidrs].filter(([cidr]) => Prefix.parse(cidr).contains(block)).map(([, made]) => made);
  }

  private reserve(props: AwsIpamPoolProps): void {
    const reserved = reservedPool(props.plan);
    if (reserved) {
      new AwsIpamPool(this, "reserved", { ...props, plan: reserved, parent: this });
      return;
    }
    for (const { cidr, owner } of this.checked.reservations) {
      new VpcIpamPoolCidrAllocation(this, `reservation-${cidrSlug(cidr)}`, {
        // EC2 allocates from a pool in its locale, not in the IPAM's home Region.
        region: props.plan.locale,
        ipamPoolId: this.poolId,
        cidr: cidr.toString(),
        description: owner,
        dependsOn: this.holding(cidr),
      });
    }
  }
}
