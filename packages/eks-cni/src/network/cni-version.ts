import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import gte from "semver/functions/gte";
import lt from "semver/functions/lt";
import { type TagSemantics } from "../subnets/network-tags";

/** Default version of the VPC CNI add-on. This package is tested with it. */
export const DEFAULT_CNI_VERSION = "v1.23.1-eksbuild.1";

const ADDON_BUILD = /^v(\d+\.\d+\.\d+)-eksbuild\.\d+$/;

/**
 * Returns how a VPC CNI release interprets subnet tags (amazon-vpc-cni-k8s, `pkg/awsutils`).
 *
 * @param version the add-on's version with its build, for example `v1.23.1-eksbuild.1`
 * @throws ValidationError if the version has another form, or is older than 1.18.3
 */
export function tagSemantics(where: Construct, version: string): TagSemantics {
  const release = ADDON_BUILD.exec(version)?.[1];
  if (!release) {
    throw new ValidationError(
      where,
      `cniVersion ${version} is not an add-on version; include the build, for example ${DEFAULT_CNI_VERSION}`,
    );
  }
  if (lt(release, "1.18.3")) {
    throw new ValidationError(
      where,
      `cniVersion ${version} stops adding pods when the node subnet is full; use v1.18.3-eksbuild.1 or later`,
    );
  }
  return {
    excludesByZero: gte(release, "1.22.0"),
    filtersByCluster: gte(release, "1.22.1"),
  };
}
