import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { type IpamScope } from "./aws-ipam";
import { AwsIpamPool } from "./aws-ipam-pool";
import { IpamPoolShare } from "./ipam-pool-share";
import { checkPoolTree } from "./ipam-pool-tree-check";

/** A pool that is shared through RAM. */
export interface PoolShareOptions {
  /** Key of the pool. */
  readonly pool: string;
  /** Account ids, ARNs of organizational units, or the ARN of the organization; at least one. They may allocate. */
  readonly principals: readonly string[];
}

/** Props of {@link AwsIpamPools}. */
export interface AwsIpamPoolsProps {
  /** Private scope of the IPAM: an `AwsIpam`, or an existing one. */
  readonly ipam: IpamScope;
  /** The pool tree, parents before children, for example `addresses.awsPools()`. */
  readonly pools: readonly IpamPoolPlan[];
  /** Pools to share with other accounts of the organization, each at most once. @default none */
  readonly shares?: readonly PoolShareOptions[];
  /** The account's IPAM quota of pools per scope. @default 50, the quota of a new account */
  readonly poolsPerScope?: number;
  /** Terraform refuses to destroy the pools. @default true */
  readonly deletionProtection?: boolean;
  /** Tags in addition to `Name` and `cluster-ipam/pool`. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The pool tree of an IPAM. An invalid tree fails at synth. Each pool is a child construct with its key as the id. */
export class AwsIpamPools extends Construct {
  private readonly pools = new Map<string, AwsIpamPool>();

  /** @throws ValidationError if the tree breaks IPAM's rules or a share is not valid */
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
          `pool ${key} is shared twice; list all principals in one entry of shares`,
        );
      }
      new IpamPoolShare(pool, "share", { pool, principals, tags });
    }
  }

  /**
   * Returns the pool with the given key.
   *
   * @throws ValidationError if there is none
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
