import { BlueprintStack, type BlueprintStackProps } from "@cluster-ipam/blueprint-core";
import { IpamPoolLookup } from "@cluster-ipam/ipam/lookup";
import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { EksNetwork } from "../network/eks-network";
import { type EksNetworkProps } from "../network/eks-network-props";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { checkStackTags } from "../network/network-tags";

/** Props of an {@link EksNetworkStack}. */
export interface EksNetworkStackProps
  extends BlueprintStackProps, Omit<EksNetworkProps, "ipamPoolId" | "podIpamPoolId"> {
  /** AWS account of the network, 12 digits. Terraform refuses any other. @default the account of the credentials */
  readonly accountId?: string;
  /**
   * Id of the IPAM pool that allocates the VPC's CIDR.
   * @default looked up by the plan's `pool`, in this account or shared with it
   */
  readonly ipamPoolId?: string;
  /** Id of the IPAM pool that allocates the pod and growth CIDRs. @default looked up by the plan's `podPool` */
  readonly podIpamPoolId?: string;
}

/** The network of one EKS cluster. It has its own lifecycle: a cluster can be replaced without it. */
export class EksNetworkStack extends BlueprintStack {
  /** The network, for the cluster's stack. */
  readonly contract: EksNetworkContract;

  /** @throws ValidationError if the addresses break the rules of VPC or EKS */
  constructor(scope: Construct, id: string, props: EksNetworkStackProps) {
    super(scope, id, props);
    const { addresses, accountId } = props;
    this.serve(addresses.name, "network");
    checkStackTags(this, this.tags);
    awsProvider(this, { region: addresses.region, accountId });
    const network = new EksNetwork(this, "network", {
      ...props,
      ipamPoolId: props.ipamPoolId ?? this.pool("ipam-pool", addresses.pool),
      podIpamPoolId: props.podIpamPoolId ?? this.pool("pod-ipam-pool", addresses.podPool),
    });
    this.contract = {
      addresses,
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
