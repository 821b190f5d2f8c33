import { type LaunchTemplateBlockDeviceMappings } from "@cdktf/provider-aws/lib/launch-template";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/**
 * The operating system of a group's nodes: an image of EKS, by processor and accelerator of the instance types, or your own.
 * Windows is not offered: its pods take addresses from the node subnets, which the plan sizes for nodes only.
 */
export type NodeImage = "AL2023" | "Bottlerocket" | CustomImage;

/** An image of your own. EKS does not upgrade it, and gives it no settings. */
export interface CustomImage {
  /** Id of an image in the Region, for example "ami-0a1b2c3d4e5f60718". It is for the processor of all instance types. */
  readonly amiId: string;
  /**
   * Text that the node runs or reads when it starts. It must join the cluster and start the kubelet with the group's
   * `maxPods`, because EKS merges nothing into it.
   * @default a NodeConfig of nodeadm, as images that are built on Amazon Linux 2023 for EKS read it
   */
  readonly userData?: string;
}

/** Root volume, and the volume of images and logs: Bottlerocket has the second one on a device of its own. */
const DEVICES = { AL2023: "/dev/xvda", Bottlerocket: "/dev/xvdb" } as const;

/** Whether the processor of an instance type is Graviton: a g after the generation (m7g, c7gn, g5g, is4gen), or a1. */
export function isGraviton(instanceType: string): boolean {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType);
}

/** The name that EKS has for an image, for example "AL2023_x86_64_STANDARD". */
export function amiType(image: "AL2023" | "Bottlerocket", instanceType: string): string {
  const family = instanceType.split(".")[0] ?? "";
  const isNeuron = /^(inf|trn)\d/.test(family);
  const processor = isGraviton(instanceType) ? "ARM_64" : "x86_64";
  // g4ad has GPUs of AMD.
  const isNvidia = /^(p|g|gr)\d/.test(family) && family !== "g4ad";
  if (image === "Bottlerocket") return `BOTTLEROCKET_${processor}${isNvidia ? "_NVIDIA" : ""}`;
  return `AL2023_${processor}_${isNeuron ? "NEURON" : isNvidia ? "NVIDIA" : "STANDARD"}`;
}

/**
 * The name that EKS has for the image of all instance types of a group. Undefined for an image of your own.
 *
 * @throws ValidationError for types that need different images
 */
export function groupAmiType(
  where: Construct,
  image: NodeImage,
  instanceTypes: readonly string[],
): string | undefined {
  if (typeof image !== "string") {
    if (!/^ami-[0-9a-f]{8,17}$/.test(image.amiId))
      throw new ValidationError(
        where,
        `image.amiId ${JSON.stringify(image.amiId)} is not the id of an image; use one such as ami-0a1b2c3d4e5f60718`,
      );
    return undefined;
  }
  const [first, ...others] = instanceTypes.map((type) => ({ type, ami: amiType(image, type) }));
  const different = others.find(({ ami }) => ami !== first!.ami);
  if (different !== undefined)
    throw new ValidationError(
      where,
      `${first!.type} needs the image ${first!.ami} and ${different.type} ${different.ami}, but a group has one image; make a group of each`,
    );
  return first!.ami;
}

/** The volume of a node that grows with its images, logs and containers. @param sizeGiB 20 to 16,384 */
export function dataVolume(
  where: Construct,
  image: NodeImage,
  sizeGiB: number,
): LaunchTemplateBlockDeviceMappings {
  if (!Number.isInteger(sizeGiB) || sizeGiB < 20 || sizeGiB > 16_384)
    throw new ValidationError(where, `diskGiB is ${sizeGiB}; use a whole number from 20 to 16384`);
  return {
    deviceName: DEVICES[image === "Bottlerocket" ? image : "AL2023"],
    ebs: { volumeSize: sizeGiB, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
  };
}
