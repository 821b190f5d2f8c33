import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { type InstanceShape, maxPods } from "@cluster-ipam/address-plan";
import { ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { addressUse, type CniOptions } from "../cni/cni-options";
import { type EksCluster } from "../cluster/eks-cluster";
import { nodeAmiType } from "./node-ami";
import { nodeUserData } from "./node-config";
import { nodePlacement, type NodePlacementOptions } from "./node-placement";
import { type NodeRole } from "./node-role";

/** A Kubernetes taint of every node in a group. */
export interface Taint {
  readonly key: string;
  /** @default none */
  readonly value?: string;
  readonly effect: "NO_SCHEDULE" | "NO_EXECUTE" | "PREFER_NO_SCHEDULE";
}

/** A group of identical nodes in the zones of a set of node subnets. */
export interface NodeGroupOptions extends NodePlacementOptions {
  /** Unique in the cluster, 1 to 63 characters. */
  readonly name: string;
  /** EC2 instance type, for example "m7i.2xlarge". Graviton types get the arm64 image. */
  readonly instanceType: string;
  /**
   * Interfaces, addresses and vCPUs of an instance type that is not in the address plan's table.
   * @default from the table
   */
  readonly instanceShape?: InstanceShape;
  /** Nodes: 0 ≤ min ≤ desired ≤ max. `desired` applies only at creation; an autoscaler may change it. */
  readonly size: { readonly min: number; readonly desired: number; readonly max: number };
  /**
   * Maximum pods per node, 1 to 250.
   * @default what the interfaces support, up to EKS's recommendation and the plan's podsPerNode
   */
  readonly maxPods?: number;
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

/** Maximum share of a group's nodes that are unavailable in a rolling update, in percent. */
const MAX_UNAVAILABLE_PERCENTAGE = 33;

/**
 * A managed node group on Amazon Linux 2023 in the node subnets, with the maxPods that the CNI supports.
 *
 * @throws ValidationError for an invalid size, more pods than the interfaces support, and labels that EKS rejects
 */
export class NodeGroup extends Construct {
  readonly resource: EksNodeGroup;
  /** Maximum pods per node of this group. */
  readonly maxPods: number;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    checkNodeGroup(this, props);
    this.maxPods = maxPodsPerNode(this, props);
    const { cluster, role } = props;
    const { set, subnets } = nodePlacement(this, props, cluster.network.addresses);
    const template = this.launchTemplate(props);
    this.resource = new EksNodeGroup(this, "node-group", {
      clusterName: cluster.name,
      nodeGroupName: props.name,
      nodeRoleArn: role.arn,
      // A reference, so that nodes are upgraded after the cluster.
      version: cluster.resource.version,
      subnetIds: cluster.nodeSubnetIds(set, subnets),
      amiType: nodeAmiType(props.instanceType),
      instanceTypes: [props.instanceType],
      capacityType: props.capacityType ?? "ON_DEMAND",
      scalingConfig: { minSize: props.size.min, desiredSize: props.size.desired, maxSize: props.size.max },
      updateConfig: { maxUnavailablePercentage: MAX_UNAVAILABLE_PERCENTAGE },
      launchTemplate: { id: template.id, version: `${template.latestVersion}` },
      labels: props.labels && { ...props.labels },
      taint: props.taints?.map((taint) => ({ ...taint })),
      lifecycle: { ignoreChanges: ["scaling_config[0].desired_size"] },
      dependsOn: [...role.policies, ...props.after],
    });
  }

  private launchTemplate({ cluster, name, tags }: NodeGroupProps): LaunchTemplate {
    const fullName = `${cluster.network.addresses.name}-${name}`;
    return new LaunchTemplate(this, "launch-template", {
      name: fullName,
      updateDefaultVersion: true,
      userData: nodeUserData(this.maxPods),
      // Pods use Pod Identity, so no pod needs the node's role.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeSize: 50, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({
        resourceType,
        tags: { ...tags, Name: fullName },
      })),
    });
  }
}

function maxPodsPerNode(where: Construct, props: NodeGroupProps): number {
  const { cluster, cni, instanceType } = props;
  const { network } = cluster;
  const limit = maxPods(props.instanceShape ?? instanceType, addressUse(cni, network).mode);
  if (props.maxPods === undefined) {
    if (limit.warning !== undefined) warn(where, limit.warning);
    return Math.min(limit.recommended, network.addresses.demand.podsPerNode);
  }
  const bound = Math.min(limit.raw, 250);
  if (!Number.isInteger(props.maxPods) || props.maxPods < 1 || props.maxPods > bound) {
    throw new ValidationError(
      where,
      `maxPods is ${props.maxPods}, but ${instanceType} supports 1 to ${bound} with these CNI options; lower it or use a larger type`,
    );
  }
  if (props.maxPods > network.addresses.demand.podsPerNode) {
    throw new ValidationError(
      where,
      `maxPods is ${props.maxPods}, but the address plan has ${network.addresses.demand.podsPerNode} pods per node; raise podsPerNode in the plan`,
    );
  }
  return props.maxPods;
}

function checkNodeGroup(where: Construct, { name, size, labels }: NodeGroupOptions): void {
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
  const reserved = Object.keys(labels ?? {}).find(isReservedLabel);
  if (reserved !== undefined) {
    throw new ValidationError(
      where,
      `the label ${reserved} is reserved, and a node with it cannot join; use your own prefix or node.kubernetes.io/`,
    );
  }
}

/** Labels that a kubelet may not set (NodeRestriction), and those of EKS. */
function isReservedLabel(key: string): boolean {
  const domain = key.includes("/") ? key.split("/")[0]! : "";
  if (/(^|\.)(node|kubelet)\.kubernetes\.io$/.test(domain)) return false;
  return /(^|\.)(kubernetes\.io|k8s\.io)$/.test(domain) || domain === "eks.amazonaws.com";
}
