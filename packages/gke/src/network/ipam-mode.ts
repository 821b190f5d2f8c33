import { type Construct } from "constructs";
import { Token } from "cdktf";
import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";
import { ValidationError } from "@cluster-ipam/blueprint-core";

/**
 * GKE Auto IPAM: GKE chooses pod ranges and adds subnets when a new node pool needs space.
 *
 * Preview. It needs GKE 1.33 and google provider 7.4.0, and never grows an existing node pool.
 */
export interface AutoIpamOptions {
  readonly mode: "auto";
  /** Accepts that Auto IPAM is Preview. */
  readonly acceptPreview: true;
  /**
   * `false` stops GKE from adding ranges and keeps those it has added. Use it to stop Auto IPAM on a cluster that was
   * created with it.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Names of the pod ranges and subnets that the cluster has from its time in planned mode: `pods`, `growth`, `nodes-2`
   * and so on. They stay reserved and attached, because Google deletes no internal range in use. Blocks that are not
   * named are open to GKE, and must never have been deployed in planned mode.
   * @default none; the cluster was created with Auto IPAM, or with `fallback`
   */
  readonly plannedRanges?: readonly string[];
  /**
   * Mode while `version` or the pinned google provider is too old for Auto IPAM. With `planned`, the planned ranges are
   * used until both are new enough; Terraform then enables Auto IPAM in place.
   * @default none; an old version is an error
   */
  readonly fallback?: "planned";
  /**
   * Unverified combinations with Auto IPAM to allow.
   * @default none
   */
  readonly unverified?: readonly UnverifiedCombination[];
}

/** A feature that Google does not document to work with Auto IPAM. */
export type UnverifiedCombination = "shared-vpc" | "dual-stack";

/** Named secondary ranges from the address plan. */
export interface PlannedIpamOptions {
  readonly mode: "planned";
  /**
   * Renders `auto_ipam_config { enabled = false }`, because without the block the cluster keeps its setting. For a
   * cluster that was created with planned ranges and used Auto IPAM later, once no node pool is left in a range that GKE
   * added: planned mode reserves the whole growth space. Needs google 7.4.0.
   *
   * A cluster that was *created* with Auto IPAM has range names chosen by GKE, and planned names would replace it: use
   * `{ mode: "auto", acceptPreview: true, enabled: false }`.
   * @default false
   */
  readonly disableAuto?: boolean;
}

/** Who chooses a cluster's pod ranges. Never inferred: omitting ranges does not enable Auto IPAM. */
export type GkeIpamOptions = AutoIpamOptions | PlannedIpamOptions;

/** First GKE minor version with Auto IPAM. */
const AUTO_IPAM_GKE = "1.33.0";
/** First google provider with `ip_allocation_policy.auto_ipam_config`. */
const AUTO_IPAM_GOOGLE = "7.4.0";

/** Versions that decide whether a cluster can use Auto IPAM. */
export interface IpamPrerequisites {
  /** Minimum control-plane version, for example `1.33` or `1.33.2-gke.1240000`. @default the release channel's */
  readonly version?: string;
  /** Version that the google provider is pinned to. @default not pinned */
  readonly googleVersion?: string;
}

/** The mode of a cluster, and why it is not the requested one. */
export interface ResolvedIpam {
  readonly ipam: GkeIpamOptions;
  /** One sentence for the warning. @default none; the mode is the requested one */
  readonly fallbackReason?: string;
}

/**
 * Resolves the mode: Auto IPAM if it is accepted and possible, planned if the composition allows the fallback.
 *
 * @throws ValidationError for an unknown mode, Preview that is not accepted, or an old version without a fallback
 */
export function resolveIpam(
  where: Construct,
  ipam: GkeIpamOptions,
  prerequisites: IpamPrerequisites,
): ResolvedIpam {
  checkMode(where, ipam);
  if (prerequisites.version !== undefined) parseVersion(where, prerequisites.version);
  if (ipam.mode === "planned") {
    checkDisableAuto(where, ipam, prerequisites);
    return { ipam };
  }
  const reason = tooOld(where, prerequisites);
  if (reason === undefined) return { ipam };
  if (ipam.fallback !== "planned") {
    throw new ValidationError(where, `${reason.problem}; ${reason.fix}, or set fallback: "planned" in ipam`);
  }
  return {
    ipam: { mode: "planned" },
    fallbackReason: `${reason.problem}: fell back to planned ranges; ${reason.fix} to get Auto IPAM`,
  };
}

function checkMode(where: Construct, ipam: GkeIpamOptions): void {
  const mode: string = ipam.mode;
  if (mode !== "auto" && mode !== "planned") {
    throw new ValidationError(
      where,
      `ipam mode "${mode}" does not exist: clusters are VPC-native, and routes-based ones have no pod ranges; use "auto" or "planned"`,
    );
  }
  if (ipam.mode === "auto" && (ipam.acceptPreview as boolean | undefined) !== true) {
    throw new ValidationError(
      where,
      'ipam mode "auto" is GKE Auto IPAM, a Preview feature; set acceptPreview: true or use mode: "planned"',
    );
  }
}

function checkDisableAuto(
  where: Construct,
  ipam: PlannedIpamOptions,
  { googleVersion }: IpamPrerequisites,
): void {
  if (!ipam.disableAuto || googleVersion === undefined) return;
  if (lt(parseVersion(where, googleVersion), AUTO_IPAM_GOOGLE)) {
    throw new ValidationError(
      where,
      `disableAuto needs the google provider ${AUTO_IPAM_GOOGLE}, but ${googleVersion} is pinned; pin ${AUTO_IPAM_GOOGLE} or later`,
    );
  }
}

function tooOld(
  where: Construct,
  { version, googleVersion }: IpamPrerequisites,
): { problem: string; fix: string } | undefined {
  if (googleVersion !== undefined && lt(parseVersion(where, googleVersion), AUTO_IPAM_GOOGLE)) {
    return {
      problem: `Auto IPAM needs the google provider ${AUTO_IPAM_GOOGLE}, but ${googleVersion} is pinned`,
      fix: `pin ${AUTO_IPAM_GOOGLE} or later`,
    };
  }
  if (version === undefined || Token.isUnresolved(version)) return undefined;
  if (lt(parseVersion(where, version), AUTO_IPAM_GKE)) {
    return {
      problem: `Auto IPAM needs GKE 1.33, but version is ${version}`,
      fix: 'use version "1.33" or later',
    };
  }
  return undefined;
}

function parseVersion(where: Construct, version: string): string {
  if (Token.isUnresolved(version)) return version;
  const parsed = /^v?\d+\.\d+/.test(version) ? coerce(version) : null;
  if (parsed === null) {
    throw new ValidationError(
      where,
      `version "${version}" is not a version; use a minor or full version, for example "1.33" or "1.33.2-gke.1240000"`,
    );
  }
  return parsed.version;
}
