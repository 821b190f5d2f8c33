import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { type InstanceShape, maxPods } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { addressUse, type CniSettings } from "../cni/cni-options";
import { type EksCluster } from "../cluster/eks-cluster";
import { nodeAmiType } from "./node-ami";
import { nodeUserData } from "./node-config";
import { type NodeRole } from "./node-role";

/** A taint on every node of a group. */
export interface Taint {
  readonly key: string;
  /** @default none */
  readonly value?: string;
  readonly effect: "NO_SCHEDULE" | "NO_EXECUTE" | "PREFER_NO_SCHEDULE";
}

/** Nodes of one kind, spread over the cluster's zones. */
export interface NodeGroupSettings {
  /** Unique in the cluster, 1 to 63 characters. */
  readonly name: string;
  /** EC2 instance type, for example "m7i.2xlarge"; Graviton types get the arm64 image. */
  readonly instanceType: string;
  /** Interfaces, addresses and vCPUs of a type the address plan does not know. @default the plan's table */
  readonly instanceShape?: InstanceShape;
  /** Nodes: 0 ≤ min ≤ desired ≤ max. `desired` counts at creation only; an autoscaler may move it. */
  readonly size: { readonly min: number; readonly desired: number; readonly max: number };
  /** The most pods on a node, 1 to 250. @default what the interfaces carry, capped as EKS recommends and by the plan's demand */
  readonly maxPods?: number;
  /** @default "ON_DEMAND" */
  readonly capacityType?: "ON_DEMAND" | "SPOT";
  /** Kubernetes labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default none */
  readonly taints?: readonly Taint[];
}

export interface NodeGroupProps extends NodeGroupSettings {
  readonly cluster: EksCluster;
  readonly role: NodeRole;
  /** Settings of the cluster's CNI: they decide how many pods a node carries. */
  readonly cni: CniSettings;
  /** The CNI and whatever else nodes must find when they join. */
  readonly after: readonly ITerraformDependable[];
  /** Tags of the instances and volumes: a provider's default tags do not reach them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Share of a group's nodes that a rolling update takes out at once, in percent. */
const MAX_UNAVAILABLE_PERCENTAGE = 33;

/**
 * A managed node group on Amazon Linux 2023 in the node subnets, whose kubelets know what the CNI can carry.
 *
 * @throws ValidationError on sizes out of order, more pods than the interfaces carry and labels that keep nodes out
 */
export class NodeGroup extends Construct {
  readonly resource: EksNodeGroup;
  /** The most pods on a node of this group. */
  readonly maxPods: number;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    checkNodeGroup(this, props);
    this.maxPods = podsOnNode(this, props);
    const { cluster, role } = props;
    const template = this.launchTemplate(props);
    this.resource = new EksNodeGroup(this, "node-group", {
      clusterName: cluster.name,
      nodeGroupName: props.name,
      nodeRoleArn: role.arn,
      // A reference: when the cluster is upgraded the nodes follow, after it.
      version: cluster.resource.version,
      subnetIds: cluster.lookup.nodeSubnetIds,
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
    const fullName = `${cluster.network.cluster.name}-${name}`;
    return new LaunchTemplate(this, "launch-template", {
      name: fullName,
      updateDefaultVersion: true,
      userData: nodeUserData(this.maxPods),
      // Pods have identities of their own, so no pod needs the node's.
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

function podsOnNode(where: Construct, props: NodeGroupProps): number {
  const { cluster, cni, instanceType } = props;
  const { network } = cluster;
  const limit = maxPods(props.instanceShape ?? instanceType, addressUse(cni, network).mode);
  if (props.maxPods === undefined) {
    if (limit.warning !== undefined) Annotations.of(where).addWarning(limit.warning);
    return Math.min(limit.recommended, network.cluster.demand.podsPerNode);
  }
  const bound = Math.min(limit.raw, 250);
  if (!Number.isInteger(props.maxPods) || props.maxPods < 1 || props.maxPods > bound) {
    throw new ValidationError(
      where,
      `maxPods is ${props.maxPods} but ${instanceType} carries 1 to ${bound} with this CNI; lower it or use a larger type`,
    );
  }
  if (props.maxPods > network.cluster.demand.podsPerNode) {
    throw new ValidationError(
      where,
      `maxPods is ${props.maxPods} but the address plan reckons ${network.cluster.demand.podsPerNode} pods a node; raise podsPerNode in the plan`,
    );
  }
  return props.maxPods;
}

function checkNodeGroup(where: Construct, { name, size, labels }: NodeGroupSettings): void {
  if (!/^[0-9A-Za-z][\w-]{0,62}$/.test(name)) {
    throw new ValidationError(
      where,
      `node group name ${JSON.stringify(name)} is refused by EKS; use 1 to 63 letters, digits, - and _`,
    );
  }
  const { min, desired, max } = size;
  const whole = [min, desired, max].every(Number.isInteger);
  if (!whole || min < 0 || desired < min || max < desired || max < 1) {
    throw new ValidationError(
      where,
      `size min ${min}, desired ${desired}, max ${max} is out of order; use whole numbers with 0 ≤ min ≤ desired ≤ max and max ≥ 1`,
    );
  }
  const reserved = Object.keys(labels ?? {}).find(isReservedLabel);
  if (reserved !== undefined) {
    throw new ValidationError(
      where,
      `label ${reserved} is reserved, and a node that asks for it cannot join; use a prefix of your own or node.kubernetes.io/`,
    );
  }
}

/** Labels a kubelet may not give itself (NodeRestriction), and EKS's own. */
function isReservedLabel(key: string): boolean {
  const domain = key.includes("/") ? key.split("/")[0]! : "";
  if (/(^|\.)(node|kubelet)\.kubernetes\.io$/.test(domain)) return false;
  return /(^|\.)(kubernetes\.io|k8s\.io)$/.test(domain) || domain === "eks.amazonaws.com";
}
