import { type Cluster } from "../documents/cluster";
import { badRequest } from "./refusals";

/** The versions of GKE that are offered, newest first. */
export const GKE_VERSIONS: readonly string[] = [
  "1.35.1-gke.1000000",
  "1.34.1-gke.1000000",
  "1.33.5-gke.1000000",
  "1.32.9-gke.1000000",
];

/** The default version of a cluster, by release channel. */
export const CHANNEL_VERSIONS: Readonly<Record<string, string>> = {
  RAPID: "1.34.1-gke.1000000",
  REGULAR: "1.33.5-gke.1000000",
  STABLE: "1.33.5-gke.1000000",
};

/** The version of a cluster in no release channel. */
export const DEFAULT_VERSION = "1.34.1-gke.1000000";

/** The first minor version of GKE with Auto IPAM. */
const AUTO_IPAM_MINOR = 33;

/** How many minor versions nodes may be behind the control plane. */
const NODE_SKEW = 2;

/**
 * Resolves an alias such as `1.34`, `1.34.1` or `latest`.
 *
 * @throws ServiceError badRequest, for a version that is not offered
 */
function versionFor(alias: string): string {
  if (alias === "latest") return GKE_VERSIONS[0]!;
  const found = GKE_VERSIONS.find((version) => version === alias || /^[.-]/.test(rest(version, alias)));
  if (found !== undefined) return found;
  if (alias.includes("-gke.")) throw badRequest(`Master version "${alias}" is unsupported.`);
  throw badRequest(`No valid versions with the prefix "${alias}" found.`);
}

const rest = (version: string, alias: string): string =>
  version.startsWith(alias) ? version.slice(alias.length) : "";

/** The version of a new control plane. @param alias empty for the channel's default @throws ServiceError badRequest */
export const initialVersion = (alias: string, channel: string): string =>
  alias === "" ? (CHANNEL_VERSIONS[channel] ?? DEFAULT_VERSION) : versionFor(alias);

/**
 * The version of a control plane after an upgrade: one minor version at a time, never a downgrade.
 *
 * @param alias the lowest version wanted; one older than the current changes nothing
 * @throws ServiceError badRequest
 */
export function upgradedVersion(current: string, alias: string): string {
  const wanted = versionFor(alias);
  if (compare(wanted, current) <= 0) return current;
  if (minorOf(wanted) > minorOf(current) + 1)
    throw badRequest(
      `Master cannot be upgraded to "${wanted}": cannot skip minor versions from "${current}"; upgrade to 1.${minorOf(current) + 1} first.`,
    );
  return wanted;
}

/** Checks that a version has Auto IPAM. @throws ServiceError badRequest, before 1.33 */
export function checkAutoIpam(version: string): void {
  if (minorOf(version) < AUTO_IPAM_MINOR)
    throw badRequest(
      `Auto IPAM requires GKE version 1.${AUTO_IPAM_MINOR} or later; the cluster version is "${version}".`,
    );
}

/**
 * Resolves the version of a node pool: at most two minor versions behind the control plane, never ahead.
 *
 * @throws ServiceError badRequest
 */
export function nodeVersion(cluster: Cluster, alias: string): string {
  const version = versionFor(alias);
  const behind = minorOf(cluster.version) - minorOf(version);
  if (behind < 0 || behind > NODE_SKEW)
    throw badRequest(
      `Node version "${version}" must be within ${NODE_SKEW} minor versions of, and not later than, master version "${cluster.version}".`,
    );
  return version;
}

/** The minor version, 34 of `1.34.1-gke.1000000`. */
const minorOf = (version: string): number => Number(version.split(".")[1]);

/** Older is less. */
const compare = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });
