import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { DataAwsVpcIpamPool } from "@cdktf/provider-aws/lib/data-aws-vpc-ipam-pool";
import { Construct } from "constructs";

/** Tag of every pool, with its key as the value. Visible only in the IPAM's account. */
export const poolTag = "cluster-ipam/pool";

/** The description of a pool in AWS. It starts with the key, by which other accounts find the pool. */
export function poolDescription({ key, description }: Pick<IpamPoolPlan, "key" | "description">): string {
  return `${key}: ${description}`;
}

/**
 * Checks that the lookup can find a pool by its key: its filter treats * and ? as wildcards.
 *
 * @throws ValidationError for a key with other characters
 */
export function checkPoolKey(where: Construct, key: string): void {
  if (/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/.test(key)) return;
  throw new ValidationError(
    where,
    `the pool key "${key}" is not valid; use letters, digits, '.', '_' and '-' in parts separated by '/', for example aws/eu-central-1/prod`,
  );
}

/** Props of an {@link IpamPoolLookup}. */
export interface IpamPoolLookupProps {
  /** Key of the pool in the address plan, for example `addresses.pool`. */
  readonly key: string;
}

/**
 * Finds a pool of another app, in the IPAM's account or in one that the pool is shared with. The provider's Region must
 * be the pool's locale.
 *
 * It filters by description, not by tag: RAM does not share tags (terraform-provider-aws#22741), so a lookup by tag
 * finds nothing outside the IPAM's account.
 */
export class IpamPoolLookup extends Construct {
  readonly poolId: string;

  /** @throws ValidationError if the key is not valid */
  constructor(scope: Construct, id: string, props: IpamPoolLookupProps) {
    super(scope, id);
    checkPoolKey(this, props.key);
    this.poolId = new DataAwsVpcIpamPool(this, "pool", {
      filter: [{ name: "description", values: [poolDescription({ key: props.key, description: "*" })] }],
    }).id;
  }
}
