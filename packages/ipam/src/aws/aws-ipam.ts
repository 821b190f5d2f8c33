import { ValidationError } from "@cluster-ipam/blueprint-core";
import { VpcIpam } from "@cdktf/provider-aws/lib/vpc-ipam";
import { VpcIpamOrganizationAdminAccount } from "@cdktf/provider-aws/lib/vpc-ipam-organization-admin-account";
import { VpcIpamScope } from "@cdktf/provider-aws/lib/vpc-ipam-scope";
import { type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import { checkAccountId } from "./aws-account";

/** A private scope of an IPAM in which pools are made. `AwsIpam` is one; write it by hand for an IPAM made elsewhere. */
export interface IpamScope {
  /** Id of the private scope. */
  readonly scopeId: string;
  /** Region in which the IPAM is managed: pools, CIDRs and RAM shares are made there. */
  readonly homeRegion: string;
  /** Regions that a pool may have as its locale. */
  readonly operatingRegions: readonly string[];
  /** Tier of the IPAM: private pools need `advanced`. */
  readonly tier: IpamTier;
}

/** What AWS bills an IPAM as. */
export type IpamTier = "free" | "advanced";

/** Hands the organisation's IPAM to a member account. */
export interface IpamDelegatedAdmin {
  /** Account in which this IPAM is made, 12 digits. AWS does not take the management account. */
  readonly accountId: string;
  /** A provider with the credentials of the organisation's management account: only it may delegate. */
  readonly managementProvider: TerraformProvider;
}

export interface AwsIpamProps {
  /** Region in which the IPAM is managed. One of `operatingRegions`. */
  readonly homeRegion: string;
  /** Regions in which IPAM discovers resources and allocates, at least one. */
  readonly operatingRegions: readonly string[];
  /**
   * `advanced` is billed by the hour for each active address (about $0.00027: 10,000 addresses are about $2,000 a
   * month). `free` monitors but has no pools in a private scope.
   * @default "advanced"
   */
  readonly tier?: IpamTier;
  /**
   * Description of an own private scope, for address space that overlaps the default scope's.
   * @default the IPAM's default private scope
   */
  readonly privateScope?: string;
  /** @default the IPAM sees its own account only, or was delegated elsewhere */
  readonly delegatedAdmin?: IpamDelegatedAdmin;
  /** Terraform refuses to destroy the IPAM. @default true */
  readonly deletionProtection?: boolean;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The IPAM of an organisation.
 *
 * AWS allows one IPAM for each Region and account, and one IPAM admin for each organisation, so environments share it.
 */
export class AwsIpam extends Construct implements IpamScope {
  readonly scopeId: string;
  readonly homeRegion: string;
  readonly operatingRegions: readonly string[];
  readonly tier: IpamTier;
  /** Id of the IPAM. */
  readonly ipamId: string;

  /** @throws ValidationError */
  constructor(scope: Construct, id: string, props: AwsIpamProps) {
    super(scope, id);
    this.homeRegion = props.homeRegion;
    this.operatingRegions = props.operatingRegions;
    this.tier = props.tier ?? "advanced";
    this.checkRegions();
    if (this.tier === "free" && props.privateScope !== undefined) {
      throw new ValidationError(
        this,
        `tier "free" has no own private scope but privateScope is "${props.privateScope}"; use tier "advanced" or the default scope`,
      );
    }

    const admin = this.delegate(props.delegatedAdmin);
    const ipam = new VpcIpam(this, "ipam", {
      region: this.homeRegion,
      description: this.node.path,
      operatingRegions: this.operatingRegions.map((regionName) => ({ regionName })),
      tier: this.tier,
      tags: { ...props.tags, Name: this.node.path },
      dependsOn: admin && [admin],
      lifecycle: { preventDestroy: props.deletionProtection ?? true },
    });
    this.ipamId = ipam.id;
    this.scopeId =
      props.privateScope === undefined
        ? ipam.privateDefaultScopeId
        : new VpcIpamScope(this, "scope", {
            region: this.homeRegion,
            ipamId: ipam.id,
            description: props.privateScope,
            tags: props.tags,
          }).id;
  }

  private delegate(admin?: IpamDelegatedAdmin): VpcIpamOrganizationAdminAccount | undefined {
    if (!admin) return undefined;
    checkAccountId(this, "delegatedAdmin.accountId", admin.accountId);
    return new VpcIpamOrganizationAdminAccount(this, "admin", {
      delegatedAdminAccountId: admin.accountId,
      provider: admin.managementProvider,
    });
  }

  private checkRegions(): void {
    if ([this.homeRegion, ...this.operatingRegions].some((region) => Token.isUnresolved(region))) {
      throw new ValidationError(
        this,
        "a Region is only known after apply but aws_vpc_ipam refuses such a Region at plan; write it as a literal",
      );
    }
    for (const region of this.operatingRegions) {
      if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
        throw new ValidationError(
          this,
          `the operating Region "${region}" is not the name of an AWS Region; write it like eu-central-1`,
        );
      }
    }
    const twice = this.operatingRegions.find((region, i, all) => all.indexOf(region) !== i);
    if (twice !== undefined) {
      throw new ValidationError(this, `the operating Region ${twice} is listed twice; list it once`);
    }
    if (!this.operatingRegions.includes(this.homeRegion)) {
      throw new ValidationError(
        this,
        `the home Region ${this.homeRegion} is not among the operating Regions (${this.operatingRegions.join(", ")}); add it`,
      );
    }
  }
}
