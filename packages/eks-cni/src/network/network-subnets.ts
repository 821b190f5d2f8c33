import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { type Vpc } from "@cdktf/provider-aws/lib/vpc";
import { type VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { type EksClusterAddresses, Prefix, type ZoneSubnet } from "@cluster-ipam/address-plan";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { CLUSTER_TAG, discoveryTags, ROLE_TAG, type SubnetRole, type TagSemantics } from "./network-tags";
import { type VpcCidrOptions } from "./vpc-cidr";

/** Props of {@link NetworkSubnets}. */
export interface NetworkSubnetsProps {
  readonly addresses: EksClusterAddresses;
  readonly vpc: Vpc;
  readonly vpcCidr: VpcCidrOptions;
  readonly ipFamily: "ipv4" | "ipv6";
  /** How the cluster's CNI interprets subnet tags. */
  readonly cni: TagSemantics;
  /** The associations of the pod CIDR. EC2 rejects pod subnets before they exist. */
  readonly podCidrs: readonly VpcIpv4CidrBlockAssociation[];
}

/** First of a role's 16 /64 networks in a dual-stack VPC's /56. It does not change when zones are added. */
const IPV6_BLOCK: Readonly<Record<Exclude<SubnetRole, "pod">, number>> = {
  public: 0,
  "control-plane": 16,
  node: 32,
};

/** The subnets of a cluster's VPC: one per role and zone. */
export class NetworkSubnets extends Construct {
  /** By role, then in the order of the plan's zones. An IPv6 network has no pod subnets. */
  readonly byRole: Readonly<Record<SubnetRole, readonly Subnet[]>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkSubnetsProps,
  ) {
    super(scope, id);
    const { addresses, ipFamily } = props;
    this.byRole = {
      public: this.create("public", addresses.publicSubnets),
      "control-plane": this.create("control-plane", addresses.controlPlaneSubnets),
      node: this.create("node", addresses.nodeSubnets),
      pod: ipFamily === "ipv6" ? [] : this.create("pod", addresses.pods.subnets),
    };
  }

  private create(role: SubnetRole, planned: readonly ZoneSubnet[]): readonly Subnet[] {
    const { addresses, vpc, cni, podCidrs, ipFamily } = this.props;
    return planned.map(
      ({ zone, cidr }, index) =>
        new Subnet(this, `${role}-${zone}`, {
          vpcId: vpc.id,
          availabilityZone: zone,
          cidrBlock: role === "pod" ? cidr : this.cidrInVpc(cidr),
          ...(ipFamily === "ipv6" && role !== "pod" && this.ipv6(IPV6_BLOCK[role] + index)),
          tags: {
            Name: `${addresses.name}-${role}-${zone}`,
            [CLUSTER_TAG]: addresses.name,
            [ROLE_TAG]: role,
            ...discoveryTags(role, addresses.name, cni),
          },
          ...(role === "pod" && { dependsOn: [...podCidrs] }),
        }),
    );
  }

  /** The planned CIDR, or the same position in a VPC whose CIDR IPAM chooses at apply. */
  private cidrInVpc(cidr: string): string {
    const { addresses, vpc, vpcCidr } = this.props;
    if (vpcCidr.mode !== "ipam-assigned") return cidr;
    const { length } = Prefix.parse(cidr);
    const position = Array.from(Prefix.parse(addresses.vpc).split(length), String).indexOf(cidr);
    return Fn.cidrsubnet(vpc.cidrBlock, length - vpcCidr.netmaskLength, position);
  }

  private ipv6(network: number) {
    return {
      ipv6CidrBlock: Fn.cidrsubnet(this.props.vpc.ipv6CidrBlock, 8, network),
      assignIpv6AddressOnCreation: true,
    };
  }
}
