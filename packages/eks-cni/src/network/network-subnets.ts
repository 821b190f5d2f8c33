import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { type Vpc } from "@cdktf/provider-aws/lib/vpc";
import { type VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { type EksClusterAddresses, Prefix, type ZoneSubnet } from "@cluster-ipam/address-plan";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { CLUSTER_TAG, discoveryTags, ROLE_TAG, type SubnetRole, type TagSemantics } from "./network-tags";
import { type VpcCidr } from "./vpc-cidr";

export interface NetworkSubnetsProps {
  readonly cluster: EksClusterAddresses;
  readonly vpc: Vpc;
  readonly vpcCidr: VpcCidr;
  readonly ipFamily: "ipv4" | "ipv6";
  /** What the cluster's CNI makes of subnet tags. */
  readonly cni: TagSemantics;
  /** The associations of the pods' CIDR: EC2 refuses a pod subnet before they exist. */
  readonly podCidrs: readonly VpcIpv4CidrBlockAssociation[];
}

/** First of the 16 /64 networks of a role in a dual-stack VPC's /56: stays when zones are added. */
const IPV6_BLOCK: Readonly<Record<Exclude<SubnetRole, "pod">, number>> = {
  public: 0,
  "control-plane": 16,
  node: 32,
};

/** The subnets of a cluster's VPC, one of each role in each zone. */
export class NetworkSubnets extends Construct {
  /** By role, then in the order of the plan's zones. An IPv6 network has no pod subnets. */
  readonly byRole: Readonly<Record<SubnetRole, readonly Subnet[]>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkSubnetsProps,
  ) {
    super(scope, id);
    const { cluster, ipFamily } = props;
    this.byRole = {
      public: this.create("public", cluster.publicSubnets),
      "control-plane": this.create("control-plane", cluster.controlPlaneSubnets),
      node: this.create("node", cluster.nodeSubnets),
      pod: ipFamily === "ipv6" ? [] : this.create("pod", cluster.pods.subnets),
    };
  }

  private create(role: SubnetRole, planned: readonly ZoneSubnet[]): readonly Subnet[] {
    const { cluster, vpc, cni, podCidrs, ipFamily } = this.props;
    return planned.map(
      ({ zone, cidr }, index) =>
        new Subnet(this, `${role}-${zone}`, {
          vpcId: vpc.id,
          availabilityZone: zone,
          cidrBlock: role === "pod" ? cidr : this.cidrInVpc(cidr),
          ...(ipFamily === "ipv6" && role !== "pod" && this.ipv6(IPV6_BLOCK[role] + index)),
          tags: {
            Name: `${cluster.name}-${role}-${zone}`,
            [CLUSTER_TAG]: cluster.name,
            [ROLE_TAG]: role,
            ...discoveryTags(role, cluster.name, cni),
          },
          ...(role === "pod" && { dependsOn: [...podCidrs] }),
        }),
    );
  }

  /** The literal CIDR of the plan, or the same place in a VPC whose CIDR IPAM picks at apply. */
  private cidrInVpc(cidr: string): string {
    const { cluster, vpc, vpcCidr } = this.props;
    if (vpcCidr.mode !== "ipam-assigned") return cidr;
    const { length } = Prefix.parse(cidr);
    const place = Array.from(Prefix.parse(cluster.vpc).split(length), String).indexOf(cidr);
    return Fn.cidrsubnet(vpc.cidrBlock, length - vpcCidr.netmaskLength, place);
  }

  private ipv6(network: number) {
    return {
      ipv6CidrBlock: Fn.cidrsubnet(this.props.vpc.ipv6CidrBlock, 8, network),
      assignIpv6AddressOnCreation: true,
    };
  }
}
