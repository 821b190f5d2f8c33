import { type IpamPoolPlan, Prefix } from "@cluster-ipam/address-plan";
import { VpcIpamPool } from "@cdktf/provider-aws/lib/vpc-ipam-pool";
import { VpcIpamPoolCidr } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr";
import { VpcIpamPoolCidrAllocation } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr-allocation";
import { cidrSlug } from "@cluster-ipam/blueprint-core";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type IpamScope } from "./aws-ipam";
import { type CheckedPool, checkPool } from "./ipam-pool-check";
import { poolDescription, poolTag } from "./ipam-pool-lookup";
import { customAllocations } from "./reservation";
import { reservedPool } from "./reserved-pool";

/** Props of an {@link AwsIpamPool}. */
export interface AwsIpamPoolProps {
  /** Private scope of the IPAM: an `AwsIpam`, or an existing one. */
  readonly ipam: IpamScope;
  /** The pool in the address plan. Its `parent` must be the key of the `parent` prop's pool. */
  readonly plan: IpamPoolPlan;
  /** Source pool of the CIDRs. @default none; a root pool */
  readonly parent?: AwsIpamPool;
  /** Terraform refuses to destroy the pool. @default true */
  readonly deletionProtection?: boolean;
  /** Tags in addition to `Name` and `cluster-ipam/pool`. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * One pool: its CIDRs, allocation rules and reservations.
 *
 * A CIDR is provisioned after the parent's CIDR that contains it and deprovisioned before it. Reservations become
 * allocations. A pool without a locale cannot have allocations, so there they become the child pool `reserved`. Every
 * resource is named after its CIDR, so a further CIDR or reservation adds resources and replaces none.
 */
export class AwsIpamPool extends Construct {
  readonly plan: IpamPoolPlan;
  readonly poolId: string;
  readonly poolArn: string;
  /** Home Region of the IPAM: the pool is managed there. */
  readonly homeRegion: string;
  /** The provisioned CIDRs. Resources that allocate from the pool depend on them. */
  readonly provisioned: readonly ITerraformDependable[];
  private readonly checked: CheckedPool;
  private readonly cidrs: ReadonlyMap<string, VpcIpamPoolCidr>;

  /** @throws ValidationError if the pool breaks IPAM's rules or does not fit its parent */
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
          dependsOn: parent?.cidrsContaining(cidr),
        }),
      ]),
    );
  }

  /** The provisioned CIDR that contains a block of the pool, as a list. */
  private cidrsContaining(block: Prefix): VpcIpamPoolCidr[] {
    return [...this.cidrs]
      .filter(([cidr]) => Prefix.parse(cidr).contains(block))
      .map(([, provisioned]) => provisioned);
  }

  private reserve(props: AwsIpamPoolProps): void {
    const reserved = reservedPool(props.plan);
    if (reserved) {
      new AwsIpamPool(this, "reserved", { ...props, plan: reserved, parent: this });
      return;
    }
    for (const { cidr, owner } of customAllocations(this.checked.reservations, props.plan.rules)) {
      new VpcIpamPoolCidrAllocation(this, `reservation-${cidrSlug(cidr)}`, {
        // AllocateIpamPoolCidr works only in the pool's locale, not in the IPAM's home Region.
        region: props.plan.locale,
        ipamPoolId: this.poolId,
        cidr: cidr.toString(),
        description: owner,
        dependsOn: this.cidrsContaining(cidr),
      });
    }
  }
}
