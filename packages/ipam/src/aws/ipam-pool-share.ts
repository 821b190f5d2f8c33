import { awsPartition } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { RamPrincipalAssociation } from "@cdktf/provider-aws/lib/ram-principal-association";
import { RamResourceAssociation } from "@cdktf/provider-aws/lib/ram-resource-association";
import { RamResourceShare } from "@cdktf/provider-aws/lib/ram-resource-share";
import { Construct } from "constructs";
import { checkPrincipal } from "./aws-account";
import { type AwsIpamPool } from "./aws-ipam-pool";

/** Props of an {@link IpamPoolShare}. */
export interface IpamPoolShareProps {
  readonly pool: AwsIpamPool;
  /** Account ids, ARNs of organizational units, or the ARN of the organization; at least one, each once. */
  readonly principals: readonly string[];
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Lets accounts of the organization view a pool, allocate from it and release allocations.
 *
 * IPAM requires the share to be in its home Region. It needs the integration of IPAM and RAM with AWS Organizations.
 */
export class IpamPoolShare extends Construct {
  /** @throws ValidationError for a pool without a locale, and for principals that RAM does not accept */
  constructor(scope: Construct, id: string, props: IpamPoolShareProps) {
    super(scope, id);
    const { key, locale } = props.pool.plan;
    const region = props.pool.homeRegion;
    if (locale === undefined) {
      throw new ValidationError(
        this,
        `pool ${key} has no locale, so no VPC can allocate from it; share a pool with a locale`,
      );
    }
    this.checkPrincipals(key, props.principals);

    const share = new RamResourceShare(this, "share", {
      region,
      name: `ipam-pool-${key.replaceAll("/", "-")}`,
      allowExternalPrincipals: false,
      permissionArns: [`arn:${awsPartition(region)}:ram::aws:permission/AWSRAMDefaultPermissionsIpamPool`],
      tags: props.tags,
    });
    new RamResourceAssociation(this, "pool", {
      region,
      resourceArn: props.pool.poolArn,
      resourceShareArn: share.arn,
    });
    for (const principal of props.principals) {
      new RamPrincipalAssociation(this, lastPart(principal), {
        region,
        principal,
        resourceShareArn: share.arn,
      });
    }
  }

  private checkPrincipals(key: string, principals: readonly string[]): void {
    if (principals.length === 0) {
      throw new ValidationError(this, `pool ${key} is shared with no principal; add one or remove the share`);
    }
    for (const principal of principals) checkPrincipal(this, principal);
    const twice = principals.find((principal, i) => principals.indexOf(principal) !== i);
    if (twice !== undefined) {
      throw new ValidationError(this, `pool ${key} lists the principal ${twice} twice; list it once`);
    }
  }
}

function lastPart(principal: string): string {
  return principal.slice(principal.lastIndexOf("/") + 1);
}
