import { BlueprintStack, type BlueprintStackProps } from "@cluster-ipam/blueprint-core";
import { IpamPoolLookup } from "@cluster-ipam/ipam/lookup";
import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { EksNetwork, type EksNetworkProps } from "../network/eks-network";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { checkStackTags } from "../network/network-tags";

export interface EksNetworkStackProps
  extends BlueprintStackProps, Omit<EksNetworkProps, "ipamPoolId" | "podIpamPoolId"> {
  /** AWS account that owns the network, 12 digits; any other is refused. @default the account of the credentials */
  readonly accountId?: string;
  /**
   * Id of the IPAM pool that owns the VPC's CIDR.
   * @default looked up by the plan's `pool`, in this account or shared with it
   */
  readonly ipamPoolId?: string;
  /** Id of the IPAM pool that owns the pods' CIDR. @default looked up by the plan's `podPool` */
  readonly podIpamPoolId?: string;
}

/** The network of one EKS cluster, with a life of its own: clusters come and go in it. */
export class EksNetworkStack extends BlueprintStack {
  /** What the cluster's stack needs of this network. */
  readonly contract: EksNetworkContract;

  /** @throws ValidationError when the addresses do not fit AWS's or EKS's rules */
  constructor(scope: Construct, id: string, props: EksNetworkStackProps) {
    super(scope, id, props);
    const { cluster, accountId } = props;
    checkStackTags(this, this.tags);
    awsProvider(this, { region: cluster.region, accountId });
    const network = new EksNetwork(this, "network", {
      ...props,
      ipamPoolId: props.ipamPoolId ?? this.pool("ipam-pool", cluster.pool),
      podIpamPoolId: props.podIpamPoolId ?? this.pool("pod-ipam-pool", cluster.podPool),
    });
    this.contract = {
      cluster,
      stack: id,
      ipFamily: network.ipFamily,
      cniVersion: network.cniVersion,
      nodeSubnetsExcluded: network.nodeSubnetsExcluded,
      ...(accountId !== undefined && { accountId }),
    };
    this.writeOutputs(network);
  }

  private pool(id: string, key: string): string {
    return new IpamPoolLookup(this, id, { key }).poolId;
  }

  private writeOutputs({ vpc, subnets }: EksNetwork): void {
    new TerraformOutput(this, "vpc_id", { value: vpc.id });
    for (const [role, list] of Object.entries(subnets.byRole)) {
      new TerraformOutput(this, `${role.replace("-", "_")}_subnet_ids`, { value: list.map(({ id }) => id) });
    }
  }
}
