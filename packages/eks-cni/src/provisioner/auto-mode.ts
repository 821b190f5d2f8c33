import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { awsPartition, INSTANCE_TYPES } from "@cluster-ipam/address-plan";
import { BlueprintStack, ValidationError } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { type EksCluster } from "../cluster/eks-cluster";
import { checkCapacity, type ProvisionedNodes } from "../nodes/node-groups-check";
import { NodeRole } from "../nodes/node-role";
import { autoNodeClass, type AutoModeNetworkOptions } from "./auto-node-class";
import { checkNodePools, checkProvisioner } from "./node-pool-check";
import { nodePool, nodePoolContext, toYaml } from "./node-pool-manifest";
import { type NodePoolOptions } from "./node-pool-options";

/** Group and kind of the node classes. */
const NODE_CLASS = { group: "eks.amazonaws.com", kind: "NodeClass" };

/** Options of EKS Auto Mode. */
export interface AutoModeOptions extends AutoModeNetworkOptions {
  /**
   * Node pools, at least one. Each gets a NodeClass and a NodePool, in a file for GitOps. EKS's own pools are off: their nodes and
   * pods would be in the control plane's subnets.
   */
  readonly nodePools: readonly NodePoolOptions[];
}

/** Props of {@link AutoMode}. */
export interface AutoModeProps extends AutoModeOptions {
  /** A cluster with `autoMode`. */
  readonly cluster: EksCluster;
  /** Tags of the instances and volumes, which do not get a provider's default tags. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The node pools of an EKS cluster in Auto Mode, with the role and the access entry of their nodes. EKS runs the CNI: it gives a
 * node whole /28 prefixes as its pods need them, and single addresses when the subnet has no free /28 left; a node has at most 110
 * pods (EKS user guide: "Learn about VPC Networking and Load Balancing in EKS Auto Mode", "Create a Node Class for Amazon EKS").
 *
 * Synthesis writes `manifests/<stack>/auto-mode-<pool>.yaml`, for a GitOps tool. The limit of a pool is in vCPUs of its smallest
 * type, so that it never has more nodes than planned.
 */
export class AutoMode extends Construct {
  readonly nodeRole: NodeRole;
  readonly accessEntry: EksAccessEntry;
  readonly accessPolicy: EksAccessPolicyAssociation;
  /** The nodes of the pools. */
  readonly nodes: readonly ProvisionedNodes[];

  /** @throws ValidationError for a plan without Auto Mode, and for node pools that EKS rejects or the addresses have no room for */
  constructor(scope: Construct, id: string, props: AutoModeProps) {
    super(scope, id);
    const { cluster, nodePools } = props;
    const { network } = cluster;
    const { addresses } = network;
    checkProvisioner(this, "auto-mode", addresses);
    checkNodePools(this, nodePools, network);
    if (nodePools.some(({ name }) => name === "default"))
      throw new ValidationError(
        this,
        "EKS has a NodeClass default of its own; use another name for the pool",
      );
    const roleName = `${addresses.name}-auto-nodes`;
    this.nodeRole = new NodeRole(this, "node-role", {
      addresses,
      name: roleName,
      workerPolicy: "AmazonEKSWorkerNodeMinimalPolicy",
    });
    this.accessEntry = new EksAccessEntry(this, "node-access", {
      clusterName: cluster.name,
      principalArn: this.nodeRole.arn,
      type: "EC2",
    });
    this.accessPolicy = new EksAccessPolicyAssociation(this, "node-policy", {
      clusterName: cluster.name,
      principalArn: this.accessEntry.principalArn,
      policyArn: `arn:${awsPartition(addresses.region)}:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy`,
      accessScope: { type: "cluster" },
    });
    this.nodes = nodePools.map((pool) => this.addPool(pool, props, roleName));
    checkCapacity(this, this.nodes, network, {});
  }

  private addPool(pool: NodePoolOptions, props: AutoModeProps, nodeRole: string): ProvisionedNodes {
    const { network } = props.cluster;
    const context = nodePoolContext(pool, network, { nodeRole, tags: props.tags });
    const { types } = context;
    const smallest = Math.min(...types.map((type) => INSTANCE_TYPES.get(type)!.vcpus));
    const documents = [
      autoNodeClass(this, pool, context, network, props),
      nodePool(pool, context, NODE_CLASS, { cpu: String(pool.maxNodes * smallest) }),
    ];
    BlueprintStack.of(this).addManifest(`auto-mode-${pool.name}.yaml`, toYaml(documents));
    return { name: pool.name, nodes: pool.maxNodes, instances: types };
  }
}
