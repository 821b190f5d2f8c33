import { type Instance, INSTANCE_TYPES } from "@cluster-ipam/address-plan";
import { BlueprintStack, type BlueprintStackProps, ValidationError } from "@cluster-ipam/blueprint-core";
import { type ITerraformDependable, TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { type AddonOptions, ClusterAddon, DEFAULT_ADDONS, NODE_ADDONS } from "../cluster/cluster-addon";
import { hasBranchInterfaces } from "../cni/cni-environment";
import { type CniOptions, usesCustomNetworking } from "../cni/cni-options";
import { EksCluster, type EksClusterProps } from "../cluster/eks-cluster";
import { type EksClusterContract } from "../cluster/eks-cluster-contract";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { AutoMode, type AutoModeOptions } from "../provisioner/auto-mode";
import { Karpenter, type KarpenterOptions } from "../provisioner/karpenter";
import { NodeGroup, type NodeGroupOptions } from "../nodes/node-group";
import { checkNodeGroups } from "../nodes/node-groups-check";
import { instances } from "../nodes/node-instances";
import { NodeRole } from "../nodes/node-role";
import { SelfManagedVpcCni } from "../cni/self-managed-vpc-cni";
import { VpcCni } from "../cni/vpc-cni";

/** Options of a cluster's VPC CNI. */
export interface ClusterCniOptions extends CniOptions {
  /**
   * "managed": the EKS add-on, in the network's `cniVersion`. "self-managed": the CNI that EKS installs with the
   * cluster, configured through its DaemonSet. Terraform then needs the AWS CLI and an access entry.
   * @default "managed"
   */
  readonly management?: "managed" | "self-managed";
  /** Whether to enforce Kubernetes network policies. Managed add-on only. @default false */
  readonly networkPolicy?: boolean;
}

/** Props of an {@link EksClusterStack}. */
export interface EksClusterStackProps
  extends
    BlueprintStackProps,
    Omit<EksClusterProps, "bootstrapSelfManagedAddons" | "branchInterfaces" | "autoMode"> {
  /** Options of the VPC CNI. @default prefix delegation with one warm prefix, subnet discovery */
  readonly cni?: ClusterCniOptions;
  /** Managed node groups: at least one, or none with Auto Mode. @default none, for Auto Mode */
  readonly nodeGroups?: readonly NodeGroupOptions[];
  /**
   * Managed add-ons by name; they add to or override the defaults.
   * @default eks-pod-identity-agent, kube-proxy, coredns; none with Auto Mode, whose nodes have what these do
   */
  readonly addons?: Readonly<Record<string, AddonOptions>>;
  /** Karpenter beside the node groups, on which its controller runs. The plan must have `provisioner: karpenter`. @default none */
  readonly karpenter?: KarpenterOptions;
  /**
   * EKS Auto Mode instead of node groups and the VPC CNI. The plan must have `provisioner: auto-mode`.
   * @default none
   */
  readonly autoMode?: AutoModeOptions;
}

/** An EKS cluster in its own network: the control plane, then the CNI, then the nodes, then the other add-ons. */
export class EksClusterStack extends BlueprintStack {
  readonly cluster: EksCluster;
  /** Undefined without the option. */
  readonly karpenter?: Karpenter;
  /** Undefined without the option. */
  readonly autoMode?: AutoMode;
  private readonly cni: ClusterCniOptions;
  private readonly nodeRole: NodeRole | undefined;
  /** What must exist before nodes join. */
  private readonly beforeNodes: readonly ITerraformDependable[];
  private readonly groups: NodeGroupOptions[] = [];
  private readonly nodes: ITerraformDependable[] = [];

  /** @throws ValidationError if a prop breaks EKS's rules or exceeds the cluster's addresses */
  constructor(scope: Construct, id: string, props: EksClusterStackProps) {
    super(scope, id, props);
    const { network, cni = {} } = props;
    awsProvider(this, { region: network.addresses.region, accountId: network.accountId });
    this.serve(network.addresses.name, "cluster");
    this.deployAfter(network.stack);
    this.cni = cni;
    const selfManaged = cni.management === "self-managed";
    this.cluster = new EksCluster(this, "cluster", {
      ...props,
      bootstrapSelfManagedAddons: selfManaged,
      branchInterfaces: hasBranchInterfaces(cni.environment ?? {}),
      autoMode: props.autoMode !== undefined,
    });
    if (props.autoMode) {
      checkAutoMode(this, props);
      const { cluster, tags } = this;
      this.beforeNodes = [];
      this.autoMode = new AutoMode(this, "auto-mode", { ...props.autoMode, cluster, tags });
      for (const [name, options] of Object.entries(props.addons ?? {})) this.addAddon(name, options);
      this.writeOutputs();
      return;
    }
    const cniReady = selfManaged ? this.selfManagedCni(props) : this.managedCni(cni);
    const addons = Object.entries({ ...DEFAULT_ADDONS, ...props.addons });
    const nodeAddons = addons.filter(([name]) => NODE_ADDONS.includes(name));
    this.beforeNodes = [
      cniReady,
      ...nodeAddons.map(([name, options]) => this.addAddon(name, options).resource),
    ];
    this.nodeRole = new NodeRole(this, "node-role", { addresses: network.addresses });
    if (props.karpenter) {
      const { cluster, tags } = this;
      this.karpenter = new Karpenter(this, "karpenter", { ...props.karpenter, cluster, cni, tags });
    }
    this.addNodeGroups(props.nodeGroups ?? []);
    for (const [name, options] of addons) if (!NODE_ADDONS.includes(name)) this.addAddon(name, options);
    this.writeOutputs();
  }

  /** The cluster, for the stacks that serve it. It knows the node groups that were added before it is read. */
  get contract(): EksClusterContract {
    const groups = this.groups.flatMap((group) => instances(group, this.cni));
    const pools = this.autoMode?.nodes ?? this.karpenter?.nodes ?? [];
    const all = [...groups, ...pools.flatMap((pool) => pool.instances)];
    // No add-on of EKS reports what the CNI of Auto Mode does.
    const cni: ClusterCniOptions = this.autoMode ? { management: "self-managed" } : this.cni;
    return clusterContract(this.node.id, this.cluster.network, cni, all);
  }

  /**
   * Adds a managed node group.
   *
   * @throws ValidationError if it breaks EKS's rules, or does not fit into the cluster's addresses with the other groups
   */
  addNodeGroup(options: NodeGroupOptions): NodeGroup {
    return this.addNodeGroups([options])[0]!;
  }

  /**
   * Adds a managed add-on. Unless nodes need it to join, it is installed after the node groups that were added before it.
   *
   * @param name in EKS, for example `aws-ebs-csi-driver`
   * @throws ValidationError for one that the cluster has, for the VPC CNI, which `cni` configures, and for a version without
   * its build
   */
  addAddon(name: string, options: AddonOptions = {}): ClusterAddon {
    if (this.node.tryFindChild(`addon-${name}`) !== undefined) {
      throw new ValidationError(this, `the cluster has the add-on ${name}; configure it with addons`);
    }
    const after = NODE_ADDONS.includes(name) ? undefined : [...this.nodes];
    return new ClusterAddon(this, `addon-${name}`, { ...options, name, cluster: this.cluster, after });
  }

  private addNodeGroups(options: readonly NodeGroupOptions[]): readonly NodeGroup[] {
    const { cluster, cni, nodeRole: role, beforeNodes: after, tags } = this;
    if (role === undefined)
      throw new ValidationError(
        this,
        `the cluster is in Auto Mode, and node groups would need the VPC CNI; add a node pool to autoMode instead of ${options.map(({ name }) => name).join(", ")}`,
      );
    checkNodeGroups(this, [...this.groups, ...options], cluster.network, cni, this.karpenter?.nodes);
    this.groups.push(...options);
    const added = options.map(
      (group) => new NodeGroup(this, `nodes-${group.name}`, { ...group, cluster, role, cni, after, tags }),
    );
    this.nodes.push(...added.map(({ resource }) => resource));
    return added;
  }

  private managedCni(cni: ClusterCniOptions): ITerraformDependable {
    return new VpcCni(this, "vpc-cni", { ...cni, cluster: this.cluster }).addon;
  }

  private selfManagedCni({ cni = {}, access = {} }: EksClusterStackProps): ITerraformDependable {
    if (cni.networkPolicy) {
      throw new ValidationError(this, "cni.networkPolicy needs the managed add-on; remove cni.management");
    }
    if (!Object.values(access).some(({ policy }) => policy === "cluster-admin")) {
      throw new ValidationError(
        this,
        "a self-managed CNI is configured through the Kubernetes API; add the deploying role to access as cluster-admin",
      );
    }
    return new SelfManagedVpcCni(this, "vpc-cni", { ...cni, cluster: this.cluster }).env;
  }

  private writeOutputs(): void {
    const { resource, securityGroupId } = this.cluster;
    new TerraformOutput(this, "cluster_name", { value: resource.name });
    new TerraformOutput(this, "cluster_endpoint", { value: resource.endpoint });
    new TerraformOutput(this, "cluster_security_group_id", { value: securityGroupId });
    new TerraformOutput(this, "oidc_issuer", { value: resource.identity.get(0).oidc.get(0).issuer });
  }
}

/** What Auto Mode replaces must not be configured. */
function checkAutoMode(where: Construct, { nodeGroups = [], karpenter, cni }: EksClusterStackProps): void {
  const other = nodeGroups.length > 0 ? "nodeGroups" : karpenter ? "karpenter" : cni ? "cni" : undefined;
  if (other === undefined) return;
  throw new ValidationError(
    where,
    `${other} does not go with autoMode, whose nodes and CNI EKS runs; remove ${other}, or remove autoMode`,
  );
}

function clusterContract(
  stack: string,
  network: EksNetworkContract,
  cni: ClusterCniOptions,
  all: readonly Instance[],
): EksClusterContract {
  const shapes = all.map((instance) =>
    typeof instance === "string" ? INSTANCE_TYPES.get(instance) : instance,
  );
  const [shape] = shapes;
  const alike = shapes.every(
    (other) => other?.enis === shape?.enis && other?.addressesPerEni === shape?.addressesPerEni,
  );
  return {
    network,
    stack,
    cni: {
      management: cni.management ?? "managed",
      prefixDelegation: cni.prefixDelegation !== false,
      customNetworking: usesCustomNetworking(cni),
    },
    ...(shape !== undefined &&
      alike && { nodeShape: { enis: shape.enis, addressesPerEni: shape.addressesPerEni } }),
  };
}
