import { ValidationError } from "@cluster-ipam/blueprint-core";
import { VpcIpam } from "@cdktf/provider-aws/lib/vpc-ipam";
import { VpcIpamOrganizationAdminAccount } from "@cdktf/provider-aws/lib/vpc-ipam-organization-admin-account";
import { VpcIpamScope } from "@cdktf/provider-aws/lib/vpc-ipam-scope";
import { type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import { checkAccountId } from "./aws-account";

/** A private scope of an IPAM, in which pools are created. `AwsIpam` is one; for an existing IPAM, write a literal. */
export interface IpamScope {
  /** Id of the private scope. */
  readonly scopeId: string;
  /** Region in which the IPAM is managed: pools, CIDRs and RAM shares are created there. */
  readonly homeRegion: string;
  /** Regions that a pool may have as its locale. */
  readonly operatingRegions: readonly string[];
  /** Tier of the IPAM. Private pools need `advanced`. */
  readonly tier: IpamTier;
}

/** Tier of an IPAM. */
export type IpamTier = "free" | "advanced";

/** Delegates the organization's IPAM administration to a member account. */
export interface DelegatedAdminOptions {
  /** Account of this IPAM, 12 digits. AWS does not accept the management account. */
  readonly accountId: string;
  /** A provider with credentials of the organization's management account: only that account may delegate. */
  readonly managementProvider: TerraformProvider;
}

/** Props of an {@link AwsIpam}. */
export interface AwsIpamProps {
  /** Region in which the IPAM is managed. One of `operatingRegions`. */
  readonly homeRegion: string;
  /** Regions in which IPAM discovers resources and allocates, at least one. */
  readonly operatingRegions: readonly string[];
  /**
   * `advanced` is billed per active address and hour (about $0.00027; 10,000 addresses cost about $2,000 per month).
   * `free` monitors, but allows no pools in a private scope.
   * @default "advanced"
   */
  readonly tier?: IpamTier;
  /**
   * Description of an additional private scope, for address space that overlaps the default scope's.
   * @default the IPAM's default private scope
   */
  readonly privateScope?: string;
  /**
   * Delegation by the management account.
   * @default none; the IPAM covers its own account, or was delegated elsewhere
   */
  readonly delegatedAdmin?: DelegatedAdminOptions;
  /** Terraform refuses to destroy the IPAM. @default true */
  readonly deletionProtection?: boolean;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The IPAM of an organization.
 *
 * AWS allows one IPAM per Region and account, and one IPAM admin per organization, so environments share it.
 */
export class AwsIpam extends Construct implements IpamScope {
  readonly scopeId: string;
  readonly homeRegion: string;
  readonly operatingRegions: readonly string[];
  readonly tier: IpamTier;
  /** Id of the IPAM. */
  readonly ipamId: string;

  /** @throws ValidationError for Regions or a tier that IPAM rejects, and a malformed account id */
  constructor(scope: Construct, id: string, props: AwsIpamProps) {
    super(scope, id);
    this.homeRegion = props.homeRegion;
    this.operatingRegions = props.operatingRegions;
    this.tier = props.tier ?? "advanced";
    this.checkRegions();
    if (this.tier === "free" && props.privateScope !== undefined) {
      throw new ValidationError(
        this,
        `privateScope "${props.privateScope}" needs tier "advanced", but the tier is "free"; change the tier or remove privateScope`,
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

  private delegate(admin?: DelegatedAdminOptions): VpcIpamOrganizationAdminAccount | undefined {
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
        "a Region is known only after apply, but aws_vpc_ipam needs it at plan; write a literal",
      );
    }
    for (const region of this.operatingRegions) {
      if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
        throw new ValidationError(
          this,
          `the operating Region "${region}" is not an AWS Region; use a name like eu-central-1`,
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
        `the home Region ${this.homeRegion} is not one of the operating Regions (${this.operatingRegions.join(", ")}); add it`,
      );
    }
  }
}
