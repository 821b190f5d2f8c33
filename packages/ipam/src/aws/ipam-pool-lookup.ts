import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { DataAwsVpcIpamPool } from "@cdktf/provider-aws/lib/data-aws-vpc-ipam-pool";
import { Construct } from "constructs";

/** Tag on every pool: its key. Visible in the IPAM's account only. */
export const poolTag = "cluster-ipam/pool";

/** The description of a pool in AWS. It starts with the key, because that is how other accounts find the pool. */
export function poolDescription({ key, description }: Pick<IpamPoolPlan, "key" | "description">): string {
  return `${key}: ${description}`;
}

/**
 * Refuses keys that could not be found again: the lookup's filter reads * and ? as wildcards.
 *
 * @throws ValidationError
 */
export function checkPoolKey(where: Construct, key: string): void {
  if (/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/.test(key)) return;
  throw new ValidationError(
    where,
    `the pool key "${key}" may have letters, digits, '.', '_' and '-', in parts between '/'; rename it like aws/eu-central-1/prod`,
  );
}

export interface IpamPoolLookupProps {
  /** Key of the pool in the plan, for example `cluster.pool`. */
  readonly key: string;
}

/**
 * Finds a pool that another app made, from the IPAM's account or one that the pool is shared with. The provider's
 * Region must be the pool's locale.
 *
 * By description and not by tag: RAM does not share tags (terraform-provider-aws#22741), so that a lookup by tag finds
 * nothing outside the IPAM's account.
 */
export class IpamPoolLookup extends Construct {
  readonly poolId: string;

  /** @throws ValidationError where the key cannot be one */
  constructor(scope: Construct, id: string, props: IpamPoolLookupProps) {
    super(scope, id);
    checkPoolKey(this, props.key);
    this.poolId = new DataAwsVpcIpamPool(this, "pool", {
      filter: [{ name: "description", values: [poolDescription({ key: props.key, description: "*" })] }],
    }).id;
  }
}
