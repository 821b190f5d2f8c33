import { badRequest } from "./refusals";

/** The versions of GKE that this cloud offers, newest first. */
export const GKE_VERSIONS: readonly string[] = [
  "1.35.1-gke.1000000",
  "1.34.1-gke.1000000",
  "1.33.5-gke.1000000",
  "1.32.9-gke.1000000",
];

/** The version of a cluster that asks for none, by release channel. */
export const CHANNEL_VERSIONS: Readonly<Record<string, string>> = {
  RAPID: "1.34.1-gke.1000000",
  REGULAR: "1.33.5-gke.1000000",
  STABLE: "1.33.5-gke.1000000",
};

/** The version of a cluster in no release channel. */
export const DEFAULT_VERSION = "1.34.1-gke.1000000";

/** The first minor version of GKE with Auto IPAM. */
const AUTO_IPAM_MINOR = 33;

/**
 * Finds the version that an alias such as `1.34`, `1.34.1` or `latest` means.
 *
 * @throws ServiceError badRequest, for versions this cloud does not offer
 */
export function versionFor(alias: string): string {
  if (alias === "latest") return GKE_VERSIONS[0]!;
  const found = GKE_VERSIONS.find((version) => version === alias || /^[.-]/.test(rest(version, alias)));
  if (found !== undefined) return found;
  if (alias.includes("-gke.")) throw badRequest(`Master version "${alias}" is unsupported.`);
  throw badRequest(`No valid versions with the prefix "${alias}" found.`);
}

const rest = (version: string, alias: string): string =>
  version.startsWith(alias) ? version.slice(alias.length) : "";

/** The version of a new control plane. @throws ServiceError badRequest */
export const initialVersion = (alias: string, channel: string): string => {
  const usual = CHANNEL_VERSIONS[channel] ?? DEFAULT_VERSION;
  // The provider asks for a lowest version, and GKE for one version: that of the alias.
  return alias === "" ? usual : versionFor(alias);
};

/**
 * The version of a control plane after an upgrade: one minor version at a time, never back.
 *
 * @param alias the lowest version; older ones than the current change nothing
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

/** @throws ServiceError badRequest, before 1.33 */
export function checkAutoIpam(version: string): void {
  if (minorOf(version) < AUTO_IPAM_MINOR)
    throw badRequest(
      `Auto IPAM requires GKE version 1.${AUTO_IPAM_MINOR} or later; the cluster version is "${version}".`,
    );
}

/** The minor version, 34 of `1.34.1-gke.1000000`. */
export const minorOf = (version: string): number => Number(version.split(".")[1]);

/** Older is less. */
const compare = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });
