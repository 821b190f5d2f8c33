import { Ec2Tag } from "@cdktf/provider-aws/lib/ec2-tag";
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { BlueprintStack } from "@cluster-ipam/blueprint-core";
import { serviceTrust } from "@cluster-ipam/blueprint-core/aws";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { type EksCluster } from "../cluster/eks-cluster";
import { hasBranchInterfaces } from "../cni/cni-environment";
import { addressUse, type CniOptions } from "../cni/cni-options";
import { type ProvisionedNodes } from "../nodes/node-groups-check";
import { instances } from "../nodes/node-instances";
import { NodeRole } from "../nodes/node-role";
import { podsPerNode } from "../nodes/pods-per-node";
import { controllerPolicy } from "./controller-policy";
import { InterruptionQueue } from "./interruption-queue";
import { checkNodePools, checkProvisioner } from "./node-pool-check";
import { DISCOVERY_TAG, ec2NodeClass } from "./ec2-node-class";
import { nodePool, nodePoolContext, toYaml } from "./node-pool-manifest";
import { type KarpenterNodePoolOptions } from "./node-pool-options";

/** Group and kind of the node classes. */
const NODE_CLASS = { group: "karpenter.k8s.aws", kind: "EC2NodeClass" };

/** Options of Karpenter on a cluster. */
export interface KarpenterOptions {
  /** Node pools, at least one. Each gets an EC2NodeClass and a NodePool, in a file for GitOps. */
  readonly nodePools: readonly KarpenterNodePoolOptions[];
  /** Namespace of the controller. @default "kube-system" */
  readonly namespace?: string;
  /** Service account of the controller. @default "karpenter" */
  readonly serviceAccount?: string;
}

/** Props of {@link Karpenter}. */
export interface KarpenterProps extends KarpenterOptions {
  readonly cluster: EksCluster;
  /** Options of the cluster's CNI. They decide how many pods a node supports. */
  readonly cni: CniOptions;
  /** Tags of the instances and volumes, which do not get a provider's default tags. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What Karpenter 1.x needs in AWS, and the node pools that it is given: the controller's role by Pod Identity, the queue of
 * interruptions, the role and the access entry of the nodes, and the discovery tag of their security group. The node subnets
 * have the tag already, unless the plan drains them.
 *
 * Terraform does not install the controller, and does not apply the manifests: either needs a live cluster to plan. Synthesis
 * writes `manifests/<stack>/karpenter-<pool>.yaml`, for a GitOps tool; the output `karpenter_settings` has the values of the
 * chart. The controller needs a node that it did not start: a managed node group, or Fargate.
 */
export class Karpenter extends Construct {
  readonly controllerRole: IamRole;
  readonly controllerPolicy: IamRolePolicy;
  readonly podIdentity: EksPodIdentityAssociation;
  readonly nodeRole: NodeRole;
  readonly accessEntry: EksAccessEntry;
  readonly interruptions: InterruptionQueue;
  /** The discovery tag of the cluster's security group. */
  readonly discoveryTag: Ec2Tag;
  /** The nodes of the pools, for the check against the cluster's addresses. */
  readonly nodes: readonly ProvisionedNodes[];

  /**
   * @throws ValidationError for a plan without Karpenter, and for a node pool that Karpenter rejects or that has more pods per
   * node than its types support
   */
  constructor(scope: Construct, id: string, props: KarpenterProps) {
    super(scope, id);
    const { cluster, namespace = "kube-system", serviceAccount = "karpenter" } = props;
    const { addresses, accountId } = cluster.network;
    checkProvisioner(this, "karpenter", addresses);
    checkNodePools(this, props.nodePools, cluster.network);
    const name = `${addresses.name}-karpenter`;
    this.interruptions = new InterruptionQueue(this, "interruptions", { addresses, name });
    this.nodeRole = new NodeRole(this, "node-role", { addresses, name: `${name}-nodes` });
    this.controllerRole = new IamRole(this, "controller-role", {
      name,
      description: `Karpenter of ${addresses.name}`,
      assumeRolePolicy: serviceTrust("pods.eks", { actions: ["sts:AssumeRole", "sts:TagSession"] }),
    });
    this.controllerPolicy = new IamRolePolicy(this, "controller-policy", {
      name: "karpenter",
      role: this.controllerRole.name,
      policy: controllerPolicy({
        clusterName: addresses.name,
        region: addresses.region,
        ...(accountId !== undefined && { accountId }),
        nodeRole: `${name}-nodes`,
        queue: name,
      }),
    });
    this.podIdentity = new EksPodIdentityAssociation(this, "pod-identity", {
      clusterName: cluster.name,
      namespace,
      serviceAccount,
      roleArn: this.controllerRole.arn,
      dependsOn: [this.controllerPolicy],
    });
    this.accessEntry = new EksAccessEntry(this, "node-access", {
      clusterName: cluster.name,
      principalArn: this.nodeRole.arn,
      type: "EC2_LINUX",
    });
    this.discoveryTag = new Ec2Tag(this, "discovery-tag", {
      resourceId: cluster.securityGroupId,
      key: DISCOVERY_TAG,
      value: addresses.name,
    });
    this.nodes = props.nodePools.map((pool) => this.addPool(pool, props, `${name}-nodes`));
    this.writeSettings(props, name, serviceAccount);
  }

  private addPool(
    pool: KarpenterNodePoolOptions,
    { cluster, cni, tags }: KarpenterProps,
    nodeRole: string,
  ): ProvisionedNodes {
    const { network } = cluster;
    const context = nodePoolContext(pool, network, { nodeRole, tags });
    const { types } = context;
    const maxPods = podsPerNode(
      this,
      { instanceType: types, ...(pool.kubelet?.maxPods !== undefined && { maxPods: pool.kubelet.maxPods }) },
      cni,
      network,
    );
    const documents = [
      ec2NodeClass(pool, context, maxPods),
      nodePool(pool, context, NODE_CLASS, { nodes: String(pool.maxNodes) }),
    ];
    BlueprintStack.of(this).addManifest(`karpenter-${pool.name}.yaml`, toYaml(documents));
    return { name: pool.name, nodes: pool.maxNodes, instances: instances({ instanceType: types }, cni) };
  }

  private writeSettings({ cluster, cni }: KarpenterProps, queue: string, serviceAccount: string): void {
    const { network } = cluster;
    // Interfaces without pods (Karpenter: "Settings", RESERVED_ENIS): the first one, and the trunk of branch interfaces.
    const first = addressUse(cni, network).mode.startsWith("custom-networking") ? 1 : 0;
    const trunk = hasBranchInterfaces(cni.environment ?? {}) ? 1 : 0;
    const output = new TerraformOutput(this, "settings", {
      description: "Values of Karpenter's chart",
      value: {
        "settings.clusterName": network.addresses.name,
        "settings.interruptionQueue": queue,
        "settings.reservedENIs": String(first + trunk),
        "serviceAccount.name": serviceAccount,
      },
    });
    output.overrideLogicalId("karpenter_settings");
  }
}
