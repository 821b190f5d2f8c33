import gt from "semver/functions/gt";
import gte from "semver/functions/gte";
import valid from "semver/functions/valid";

/** Providers whose version a stack may constrain. */
export type ProviderName = "aws" | "google" | "kubernetes";

/** The versions of a provider that a stack accepts. */
export interface VersionRange {
  /** Lowest version: the one that the installed bindings were generated from. */
  readonly from: string;
  /** First version that is not accepted: the next major release, which is untested. */
  readonly below: string;
}

/**
 * The versions that a stack accepts unless a construct requires a newer one. Google includes 7 because GKE Auto IPAM
 * needs 7.4; Kubernetes 3 has every resource type of the 2.38 bindings.
 */
export const providerVersions: Readonly<Record<ProviderName, VersionRange>> = {
  aws: { from: "6.25.0", below: "7.0.0" },
  google: { from: "6.50.0", below: "8.0.0" },
  kubernetes: { from: "2.38.0", below: "4.0.0" },
};

/** Collects the versions that the constructs of a stack require, and renders Terraform version constraints. */
export class ProviderRequirements {
  private readonly lowest = new Map<ProviderName, string>();

  /**
   * @param version the lowest version that works, for example `6.29.0`
   * @throws RangeError if it is not a version, or not one that the stack accepts
   */
  require(provider: ProviderName, version: string): void {
    const { below } = providerVersions[provider];
    if (valid(version) !== version) {
      throw new RangeError(`${provider} ${JSON.stringify(version)} is not a version; use the form 6.29.0`);
    }
    if (gte(version, below)) {
      throw new RangeError(
        `${provider} ${version} is required, but versions from ${below} are untested; require an earlier one, or upgrade the blueprints`,
      );
    }
    if (gt(version, this.from(provider))) this.lowest.set(provider, version);
  }

  /** The constraint for `required_providers`, for example `>= 6.29.0, < 7.0.0`. */
  constraint(provider: ProviderName): string {
    return `>= ${this.from(provider)}, < ${providerVersions[provider].below}`;
  }

  private from(provider: ProviderName): string {
    return this.lowest.get(provider) ?? providerVersions[provider].from;
  }
}
