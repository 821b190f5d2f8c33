import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { type IpamScope } from "./aws-ipam";
import { AwsIpamPool } from "./aws-ipam-pool";
import { IpamPoolShare } from "./ipam-pool-share";
import { checkPoolTree } from "./ipam-pool-tree-check";

/** Who may allocate from a pool. */
export interface PoolSharePlan {
  /** Key of the pool. */
  readonly pool: string;
  /** Account ids, ARNs of organisational units, or the ARN of the organisation; at least one. */
  readonly principals: readonly string[];
}

export interface AwsIpamPoolsProps {
  /** Private scope of the IPAM: an `AwsIpam`, or one made elsewhere. */
  readonly ipam: IpamScope;
  /** The pool tree, parents before children: `addresses.awsPools()`, or written by hand. */
  readonly pools: readonly IpamPoolPlan[];
  /** Pools shared with other accounts of the organisation, each at most once. @default none */
  readonly shares?: readonly PoolSharePlan[];
  /** IPAM quota of the account: pools in a scope. @default 50, the quota of a new account */
  readonly poolsPerScope?: number;
  /** Terraform refuses to destroy the pools. @default true */
  readonly deletionProtection?: boolean;
  /** Tags besides `Name` and `cluster-ipam/pool`. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The pool tree of an IPAM. A wrong tree fails at synth. Each pool is a child construct whose id is its key. */
export class AwsIpamPools extends Construct {
  private readonly pools = new Map<string, AwsIpamPool>();

  /** @throws ValidationError */
  constructor(scope: Construct, id: string, props: AwsIpamPoolsProps) {
    super(scope, id);
    checkPoolTree(this, props.pools, props.poolsPerScope ?? 50);
    const { ipam, tags, deletionProtection } = props;
    for (const plan of props.pools) {
      const parent = plan.parent === undefined ? undefined : this.pool(plan.parent);
      this.pools.set(
        plan.key,
        new AwsIpamPool(this, plan.key, { ipam, plan, parent, tags, deletionProtection }),
      );
    }
    for (const { pool: key, principals } of props.shares ?? []) {
      const pool = this.pool(key);
      if (pool.node.tryFindChild("share")) {
        throw new ValidationError(
          this,
          `pool ${key} is shared twice; put all principals into one entry of shares`,
        );
      }
      new IpamPoolShare(pool, "share", { pool, principals, tags });
    }
  }

  /**
   * The pool with a key.
   *
   * @throws ValidationError where there is none
   */
  pool(key: string): AwsIpamPool {
    const pool = this.pools.get(key);
    if (!pool) {
      throw new ValidationError(
        this,
        `there is no pool ${key}; use one of ${[...this.pools.keys()].join(", ")}`,
      );
    }
    return pool;
  }
}
