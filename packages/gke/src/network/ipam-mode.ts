import { type Construct } from "constructs";
import { Token } from "cdktf";
import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";
import { ValidationError } from "@cluster-ipam/blueprint-core";

/**
 * GKE Auto IPAM: Google picks pod ranges and adds subnets when a new node pool is short of space.
 *
 * Preview; GKE 1.33 and google provider 7.4.0 at least. It never grows an existing node pool.
 */
export interface AutoIpam {
  readonly mode: "auto";
  /** Auto IPAM is Preview: without this word no cluster gets it. */
  readonly acceptPreview: true;
  /**
   * `false` stops GKE from adding ranges and leaves those it has added in place. The way to stop Auto IPAM
   * on a cluster that was created with it.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * What to do where `version` or the pinned google provider is too old for Auto IPAM. With `planned` the planned
   * ranges are used until both are new enough; Terraform then switches Auto IPAM on in place.
   * @default none: too old is an error
   */
  readonly fallback?: "planned";
  /**
   * Combinations nobody has verified with Auto IPAM and this composition wants all the same.
   * @default none
   */
  readonly unverified?: readonly UnverifiedCombination[];
}

/** What Google does not document as working with Auto IPAM. */
export type UnverifiedCombination = "shared-vpc" | "dual-stack";

/** Named secondary ranges from the address plan. */
export interface PlannedIpam {
  readonly mode: "planned";
  /**
   * Writes `auto_ipam_config { enabled = false }`: leaving the block out keeps what the cluster has. For a cluster that
   * was created with planned ranges and had Auto IPAM for a while; needs google 7.4.0.
   *
   * A cluster that was *created* with Auto IPAM has range names of GKE's choice, and planned names replace it: give it
   * `{ mode: "auto", acceptPreview: true, enabled: false }`.
   * @default false
   */
  readonly disableAuto?: boolean;
}

/** Who chooses a cluster's pod ranges. Never inferred: omitting ranges does not switch Auto IPAM on. */
export type GkeIpam = AutoIpam | PlannedIpam;

/** First GKE minor version with Auto IPAM. */
const AUTO_IPAM_GKE = "1.33.0";
/** First google provider with `ip_allocation_policy.auto_ipam_config`. */
export const AUTO_IPAM_GOOGLE = "7.4.0";

/** What decides whether a cluster can have Auto IPAM. */
export interface IpamCircumstances {
  /** Lowest control-plane version asked for, for example `1.33` or `1.33.2-gke.1240000`. @default the release channel's */
  readonly version?: string;
  /** Version of the google provider the stack is pinned to. @default not pinned */
  readonly googleVersion?: string;
}

/** The mode that a cluster gets, and why it is not the one asked for. */
export interface ResolvedIpam {
  readonly ipam: GkeIpam;
  /** One sentence for the annotation; absent where nothing fell back. */
  readonly fellBack?: string;
}

/**
 * Settles the mode: Auto IPAM where it is accepted and possible, planned where the composition allows to fall back.
 *
 * @throws ValidationError an unknown mode, Preview not accepted, or a version too old without a fallback
 */
export function resolveIpam(where: Construct, ipam: GkeIpam, circumstances: IpamCircumstances): ResolvedIpam {
  checkMode(where, ipam);
  if (circumstances.version !== undefined) parseVersion(where, circumstances.version);
  if (ipam.mode === "planned") {
    checkDisableAuto(where, ipam, circumstances);
    return { ipam };
  }
  const reason = tooOld(where, circumstances);
  if (reason === undefined) return { ipam };
  if (ipam.fallback !== "planned") {
    throw new ValidationError(where, `${reason.problem}; ${reason.fix}, or give ipam fallback: "planned"`);
  }
  return {
    ipam: { mode: "planned" },
    fellBack: `${reason.problem}: fell back to planned ranges; ${reason.fix} to get Auto IPAM`,
  };
}

function checkMode(where: Construct, ipam: GkeIpam): void {
  const mode: string = ipam.mode;
  if (mode !== "auto" && mode !== "planned") {
    throw new ValidationError(
      where,
      `ipam mode "${mode}" is not known, clusters are VPC-native (routes-based ones have no pod ranges); use "auto" or "planned"`,
    );
  }
  if (ipam.mode === "auto" && (ipam.acceptPreview as boolean | undefined) !== true) {
    throw new ValidationError(
      where,
      'ipam mode "auto" is GKE Auto IPAM, a Preview feature; say acceptPreview: true or use mode: "planned"',
    );
  }
}

function checkDisableAuto(where: Construct, ipam: PlannedIpam, { googleVersion }: IpamCircumstances): void {
  if (!ipam.disableAuto || googleVersion === undefined) return;
  if (lt(parseVersion(where, googleVersion), AUTO_IPAM_GOOGLE)) {
    throw new ValidationError(
      where,
      `disableAuto needs the google provider ${AUTO_IPAM_GOOGLE} but ${googleVersion} is pinned; pin ${AUTO_IPAM_GOOGLE} or later`,
    );
  }
}

function tooOld(
  where: Construct,
  { version, googleVersion }: IpamCircumstances,
): { problem: string; fix: string } | undefined {
  if (googleVersion !== undefined && lt(parseVersion(where, googleVersion), AUTO_IPAM_GOOGLE)) {
    return {
      problem: `Auto IPAM needs the google provider ${AUTO_IPAM_GOOGLE} but ${googleVersion} is pinned`,
      fix: `pin ${AUTO_IPAM_GOOGLE} or later`,
    };
  }
  if (version === undefined || Token.isUnresolved(version)) return undefined;
  if (lt(parseVersion(where, version), AUTO_IPAM_GKE)) {
    return {
      problem: `Auto IPAM needs GKE 1.33 but version is ${version}`,
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
      `version "${version}" is not a version; write minor or full, for example "1.33" or "1.33.2-gke.1240000"`,
    );
  }
  return parsed.version;
}
