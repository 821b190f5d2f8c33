import { type ContainerNodePoolNodeConfig } from "@cdktf/provider-google/lib/container-node-pool";
import { isReservedLabel, ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/** A Kubernetes taint of every node in a pool. */
export interface NodeTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NO_SCHEDULE" | "NO_EXECUTE" | "PREFER_NO_SCHEDULE";
}

/** Accelerators of every node in a pool. GKE taints the nodes, so that only pods that ask for a GPU are scheduled there. */
export interface AcceleratorOptions {
  /** Type of the accelerator, for example `nvidia-l4`. The machine type and the zones must have it. */
  readonly type: string;
  /** Accelerators of a node, at least 1. */
  readonly count: number;
  /** The driver that GKE installs. @default "DEFAULT", the one that Google tested with the GKE version */
  readonly driver?: "DEFAULT" | "LATEST" | "INSTALLATION_DISABLED";
}

/** What the nodes of a pool are. Changing one of these replaces the nodes, and `machineType` or `accelerator` the pool. */
export interface PoolNodeOptions {
  /** Compute Engine machine type, for example `n2-standard-8`. */
  readonly machineType: string;
  /** Spot VMs, which Google may stop with 30 seconds' notice. Changing it replaces the pool. @default false */
  readonly spot?: boolean;
  /**
   * Image of the nodes. Windows is not offered: its pods need other images and the plan's ranges were never tried with them.
   * @default "COS_CONTAINERD", Container-Optimized OS
   */
  readonly imageType?: "COS_CONTAINERD" | "UBUNTU_CONTAINERD";
  /** Size of the boot disk in GB, 10 to 65,536. @default Google's: 100 */
  readonly diskGb?: number;
  /** Type of the boot disk. Not every machine type has each. @default Google's for the machine type */
  readonly diskType?: "pd-standard" | "pd-balanced" | "pd-ssd" | "hyperdisk-balanced";
  /** @default none */
  readonly accelerator?: AcceleratorOptions;
  /** Kubernetes labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Kubernetes taints. @default none */
  readonly taints?: readonly NodeTaint[];
}

/**
 * The configuration of a pool's nodes.
 *
 * @param serviceAccount email of the nodes' service account
 * @throws ValidationError for a disk or a number of accelerators that does not exist, and labels that GKE rejects
 */
export function poolNodes(
  where: Construct,
  options: PoolNodeOptions,
  serviceAccount: string,
): ContainerNodePoolNodeConfig {
  checkNodes(where, options);
  const { accelerator, labels, taints } = options;
  return {
    machineType: options.machineType,
    imageType: options.imageType ?? "COS_CONTAINERD",
    spot: options.spot ?? false,
    diskSizeGb: options.diskGb,
    diskType: options.diskType,
    labels: labels && { ...labels },
    taint: taints?.map((taint) => ({ ...taint })),
    guestAccelerator: accelerator && [
      {
        type: accelerator.type,
        count: accelerator.count,
        gpuDriverInstallationConfig: { gpuDriverVersion: accelerator.driver ?? "DEFAULT" },
      },
    ],
    serviceAccount,
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    workloadMetadataConfig: { mode: "GKE_METADATA" },
  };
}

function checkNodes(where: Construct, { diskGb, accelerator, labels = {} }: PoolNodeOptions): void {
  if (diskGb !== undefined && !isWhole(diskGb, 10, 65_536))
    throw new ValidationError(where, `diskGb is ${diskGb}; use a whole number from 10 to 65536`);
  if (accelerator !== undefined && !isWhole(accelerator.count, 1, 16))
    throw new ValidationError(
      where,
      `accelerator.count is ${accelerator.count}; use a whole number from 1 to 16`,
    );
  const reserved = Object.keys(labels).find((key) => isReservedLabel(key, "cloud.google.com"));
  if (reserved !== undefined)
    throw new ValidationError(
      where,
      `the label ${reserved} is reserved for Kubernetes and GKE; use your own prefix or node.kubernetes.io/`,
    );
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;
