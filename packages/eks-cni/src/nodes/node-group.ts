import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { isReservedLabel, ValidationError } from "@cluster-ipam/blueprint-core";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type CniOptions } from "../cni/cni-options";
import { type EksCluster } from "../cluster/eks-cluster";
import { nodeUserData } from "./node-config";
import { dataVolume, groupAmiType, type NodeImage } from "./node-image";
import { type InstanceOptions, instanceTypes } from "./node-instances";
import { nodePlacement, type NodePlacementOptions } from "../cluster/node-placement";
import { type NodeRole } from "./node-role";
import { updateConfig } from "./node-update";
import { podsPerNode } from "./pods-per-node";

/** A Kubernetes taint of every node in a group. */
export interface Taint {
  readonly key: string;
  /** @default none */
  readonly value?: string;
  readonly effect: "NO_SCHEDULE" | "NO_EXECUTE" | "PREFER_NO_SCHEDULE";
}

/** SSH access to a group's nodes. */
export interface SshOptions {
  /** Name of an EC2 key pair in the Region. */
  readonly keyName: string;
  /** Ids of security groups that the nodes get besides the cluster's own, and that admit port 22. At least one. */
  readonly securityGroupIds: readonly string[];
}

/** A group of alike nodes in the zones of a set of node subnets. */
export interface NodeGroupOptions extends NodePlacementOptions, InstanceOptions {
  /** Unique in the cluster, 1 to 63 characters. */
  readonly name: string;
  /** Nodes: 0 ≤ min ≤ desired ≤ max. `desired` applies only at creation; an autoscaler may change it. */
  readonly size: { readonly min: number; readonly desired: number; readonly max: number };
  /**
   * Maximum pods per node, 1 to 250.
   * @default what the interfaces support, up to EKS's recommendation and the plan's podsPerNode
   */
  readonly maxPods?: number;
  /** Operating system. Changing it between EKS's images and one of your own replaces the group. @default "AL2023" */
  readonly image?: NodeImage;
  /** Size of the volume of images, logs and containers in GiB, 20 to 16,384. @default 50 */
  readonly diskGiB?: number;
  /**
   * Nodes that a rolling update replaces at a time, and adds before: a number from 1 to 100, or a share such as "33%".
   * @default two for each zone, for which the plan has addresses
   */
  readonly maxUnavailable?: number | `${number}%`;
  /** SSH to the nodes. Session Manager needs no open port and no key. @default none */
  readonly ssh?: SshOptions;
  /** Purchase option of the instances. @default "ON_DEMAND" */
  readonly capacityType?: "ON_DEMAND" | "SPOT";
  /** Kubernetes labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Kubernetes taints. @default none */
  readonly taints?: readonly Taint[];
}

/** Props of a {@link NodeGroup}. */
export interface NodeGroupProps extends NodeGroupOptions {
  readonly cluster: EksCluster;
  readonly role: NodeRole;
  /** Options of the cluster's CNI. They decide how many pods a node supports. */
  readonly cni: CniOptions;
  /** Resources that must exist before nodes join, such as the CNI. */
  readonly after: readonly ITerraformDependable[];
  /** Tags of the instances and volumes, which do not get a provider's default tags. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A managed node group in the node subnets, with the maxPods that the CNI supports.
 *
 * @throws ValidationError for an invalid size, disk or update setting, instance types that need different images, more pods
 * than the interfaces support, and labels that EKS rejects
 */
export class NodeGroup extends Construct {
  readonly resource: EksNodeGroup;
  readonly launchTemplate: LaunchTemplate;
  /** Maximum pods per node of this group. */
  readonly maxPods: number;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    checkNodeGroup(this, props);
    this.maxPods = podsPerNode(this, props, props.cni, props.cluster.network);
    const { cluster, role } = props;
    const { set, subnets } = nodePlacement(this, props, cluster.network.addresses);
    const { image = "AL2023" } = props;
    const template = this.createLaunchTemplate(props, image);
    this.launchTemplate = template;
    this.resource = new EksNodeGroup(this, "node-group", {
      clusterName: cluster.name,
      nodeGroupName: props.name,
      nodeRoleArn: role.arn,
      // A reference, so that nodes are upgraded after the cluster. An image of your own is what it is.
      version: typeof image === "string" ? cluster.resource.version : undefined,
      subnetIds: cluster.nodeSubnetIds(set, subnets),
      amiType: groupAmiType(this, image, instanceTypes(props)),
      instanceTypes: [...instanceTypes(props)],
      capacityType: props.capacityType ?? "ON_DEMAND",
      scalingConfig: { minSize: props.size.min, desiredSize: props.size.desired, maxSize: props.size.max },
      updateConfig: updateConfig(this, props, subnets.length),
      launchTemplate: { id: template.id, version: `${template.latestVersion}` },
      labels: props.labels && { ...props.labels },
      taint: props.taints?.map((taint) => ({ ...taint })),
      lifecycle: { ignoreChanges: ["scaling_config[0].desired_size"] },
      dependsOn: [...role.policies, ...props.after],
    });
  }

  private createLaunchTemplate(props: NodeGroupProps, image: NodeImage): LaunchTemplate {
    const { cluster, name, tags, ssh } = props;
    const fullName = `${cluster.network.addresses.name}-${name}`;
    return new LaunchTemplate(this, "launch-template", {
      name: fullName,
      updateDefaultVersion: true,
      imageId: typeof image === "string" ? undefined : image.amiId,
      userData: nodeUserData(image, this.maxPods, cluster),
      keyName: ssh?.keyName,
      // EKS adds its group only to a template without any.
      vpcSecurityGroupIds: ssh && [cluster.securityGroupId, ...ssh.securityGroupIds],
      // Pods use Pod Identity, so no pod needs the node's role.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [dataVolume(this, image, props.diskGiB ?? 50)],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({
        resourceType,
        tags: { ...tags, Name: fullName },
      })),
    });
  }
}

function checkNodeGroup(where: Construct, { name, size, labels, ssh }: NodeGroupOptions): void {
  if (!/^[0-9A-Za-z][\w-]{0,62}$/.test(name)) {
    throw new ValidationError(
      where,
      `EKS rejects the node group name ${JSON.stringify(name)}; use 1 to 63 letters, digits, - and _`,
    );
  }
  const { min, desired, max } = size;
  const whole = [min, desired, max].every(Number.isInteger);
  if (!whole || min < 0 || desired < min || max < desired || max < 1) {
    throw new ValidationError(
      where,
      `size min ${min}, desired ${desired}, max ${max} is not valid; use whole numbers with 0 ≤ min ≤ desired ≤ max and max ≥ 1`,
    );
  }
  if (ssh?.securityGroupIds.length === 0) {
    throw new ValidationError(
      where,
      "ssh.securityGroupIds is empty, so no port is open; list a security group that admits port 22, or remove ssh",
    );
  }
  const reserved = Object.keys(labels ?? {}).find((key) => isReservedLabel(key, "eks.amazonaws.com"));
  if (reserved !== undefined) {
    throw new ValidationError(
      where,
      `the label ${reserved} is reserved, and a node with it cannot join; use your own prefix or node.kubernetes.io/`,
    );
  }
}
