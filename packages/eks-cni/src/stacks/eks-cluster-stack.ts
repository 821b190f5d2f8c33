import { INSTANCE_TYPES } from "@cluster-ipam/address-plan";
import { BlueprintStack, type BlueprintStackProps, ValidationError } from "@cluster-ipam/blueprint-core";
import { type ITerraformDependable, TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { type AddonSettings, ClusterAddon, DEFAULT_ADDONS, NODE_ADDONS } from "../cluster/cluster-addon";
import { type CniSettings } from "../cni/cni-options";
import { EksCluster, type EksClusterProps } from "../cluster/eks-cluster";
import { type EksClusterContract } from "../cluster/eks-cluster-contract";
import { NodeGroup, type NodeGroupSettings } from "../nodes/node-group";
import { checkNodeGroups } from "../nodes/node-groups-check";
import { NodeRole } from "../nodes/node-role";
import { SelfManagedVpcCni } from "../cni/self-managed-vpc-cni";
import { VpcCni } from "../cni/vpc-cni";

/** The cluster's VPC CNI. */
export interface ClusterCni extends CniSettings {
  /**
   * "managed": EKS's add-on, in the version of the network. "self-managed": the CNI that EKS installs with the
   * cluster, set through its DaemonSet; Terraform then needs the AWS CLI and an access entry.
   * @default "managed"
   */
  readonly management?: "managed" | "self-managed";
  /** Kubernetes network policies are enforced; with the managed add-on only. @default false */
  readonly networkPolicy?: boolean;
}

export interface EksClusterStackProps
  extends BlueprintStackProps, Omit<EksClusterProps, "bootstrapSelfManagedAddons"> {
  /** @default prefix delegation with one warm prefix, subnet discovery */
  readonly cni?: ClusterCni;
  /** At least one. */
  readonly nodeGroups: readonly NodeGroupSettings[];
  /** Managed add-ons by name, beside or over the defaults. @default eks-pod-identity-agent, kube-proxy, coredns */
  readonly addons?: Readonly<Record<string, AddonSettings>>;
}

/** An EKS cluster in a network of its own: control plane, then the CNI, then the nodes, then what runs on them. */
export class EksClusterStack extends BlueprintStack {
  readonly cluster: EksCluster;
  /** What the stacks that serve the cluster need of it. */
  readonly contract: EksClusterContract;

  /** @throws ValidationError when a setting does not fit EKS's rules or the cluster's addresses */
  constructor(scope: Construct, id: string, props: EksClusterStackProps) {
    super(scope, id, props);
    const { network, cni = {} } = props;
    awsProvider(this, { region: network.cluster.region, accountId: network.accountId });
    this.deployAfter(network.stack);
    this.contract = clusterContract(id, props);

    const selfManaged = cni.management === "self-managed";
    this.cluster = new EksCluster(this, "cluster", { ...props, bootstrapSelfManagedAddons: selfManaged });
    const cniReady = selfManaged ? this.selfManagedCni(props) : this.managedCni(cni);
    const addons = Object.entries({ ...DEFAULT_ADDONS, ...props.addons });
    const nodeAddons = addons.filter(([name]) => NODE_ADDONS.includes(name));
    const after = [cniReady, ...nodeAddons.map(([name, settings]) => this.addon(name, settings))];
    const nodes = this.nodeGroups(props, after);
    for (const [name, settings] of addons) {
      if (!NODE_ADDONS.includes(name)) this.addon(name, settings, nodes);
    }
    this.writeOutputs();
  }

  private managedCni(cni: ClusterCni): ITerraformDependable {
    return new VpcCni(this, "vpc-cni", { ...cni, cluster: this.cluster }).addon;
  }

  private selfManagedCni({ cni = {}, access = {} }: EksClusterStackProps): ITerraformDependable {
    if (cni.networkPolicy) {
      throw new ValidationError(
        this,
        "cni.networkPolicy is a setting of the managed add-on; leave cni.management out",
      );
    }
    if (!Object.values(access).some(({ policy }) => policy === "cluster-admin")) {
      throw new ValidationError(
        this,
        "a self-managed CNI is set through the Kubernetes API; give access to a cluster-admin, the role that deploys",
      );
    }
    return new SelfManagedVpcCni(this, "vpc-cni", { ...cni, cluster: this.cluster }).env;
  }

  private nodeGroups(
    { nodeGroups, cni = {} }: EksClusterStackProps,
    after: readonly ITerraformDependable[],
  ): readonly ITerraformDependable[] {
    checkNodeGroups(this, nodeGroups, this.cluster.network, cni);
    const role = new NodeRole(this, "node-role", this.cluster.network.cluster);
    return nodeGroups.map(
      (settings) =>
        new NodeGroup(this, `nodes-${settings.name}`, {
          ...settings,
          cluster: this.cluster,
          role,
          cni,
          after,
          tags: this.tags,
        }).resource,
    );
  }

  private addon(name: string, settings: AddonSettings, after?: readonly ITerraformDependable[]) {
    return new ClusterAddon(this, `addon-${name}`, { ...settings, name, cluster: this.cluster, after })
      .resource;
  }

  private writeOutputs(): void {
    const { resource, securityGroupId } = this.cluster;
    new TerraformOutput(this, "cluster_name", { value: resource.name });
    new TerraformOutput(this, "cluster_endpoint", { value: resource.endpoint });
    new TerraformOutput(this, "cluster_security_group_id", { value: securityGroupId });
    new TerraformOutput(this, "oidc_issuer", { value: resource.identity.get(0).oidc.get(0).issuer });
  }
}

function clusterContract(stack: string, props: EksClusterStackProps): EksClusterContract {
  const { network, cni = {}, nodeGroups } = props;
  const shapes = nodeGroups.map(
    ({ instanceType, instanceShape }) => instanceShape ?? INSTANCE_TYPES.get(instanceType),
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
      customNetworking: cni.customNetworking ?? false,
    },
    ...(shape !== undefined &&
      alike && { nodeShape: { enis: shape.enis, addressesPerEni: shape.addressesPerEni } }),
  };
}
