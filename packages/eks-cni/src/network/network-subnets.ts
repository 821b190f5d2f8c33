import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { type Vpc } from "@cdktf/provider-aws/lib/vpc";
import { type EksClusterAddresses, Prefix, prefixReservations } from "@cluster-ipam/address-plan";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { type AttachedCidr } from "./attached-cidrs";
import { ipv6Network } from "../subnets/ipv6-networks";
import {
  CLUSTER_TAG,
  discoveryTags,
  ROLE_TAG,
  type SubnetRole,
  type TagSemantics,
} from "../subnets/network-tags";
import { type PlannedSubnet, plannedSubnets } from "../subnets/planned-subnets";

/** Props of {@link NetworkSubnets}. */
export interface NetworkSubnetsProps {
  readonly addresses: EksClusterAddresses;
  readonly vpc: Vpc;
  readonly ipFamily: "ipv4" | "ipv6";
  /** How the cluster's CNI interprets subnet tags. */
  readonly cni: TagSemantics;
  /** Whether the pod subnets are reserved for /28 prefixes. */
  readonly prefixReservations: boolean;
  /** The attached CIDRs. EC2 rejects a subnet before the CIDR around it is associated. */
  readonly attached: readonly AttachedCidr[];
}

/** A subnet of a cluster's VPC. */
export interface NetworkSubnet extends PlannedSubnet {
  readonly resource: Subnet;
}

/**
 * The subnets of a cluster's VPC: per zone one public, at most one for the control plane, and one of each set for nodes
 * and for pods. A subnet that the plan drains stays, without the tags by which others discover it.
 */
export class NetworkSubnets extends Construct {
  /** By role, then by set, then in the order of the plan's zones. An IPv6 network has no pod subnets. */
  readonly all: readonly NetworkSubnet[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkSubnetsProps,
  ) {
    super(scope, id);
    this.all = plannedSubnets(props.addresses, props.ipFamily).map((subnet) => ({
      ...subnet,
      resource: this.create(subnet),
    }));
    if (props.prefixReservations) for (const subnet of this.of("pod")) this.reservePrefixes(subnet);
  }

  /** The subnets of a role, in the order of {@link all}. */
  of(role: SubnetRole): readonly NetworkSubnet[] {
    return this.all.filter((subnet) => subnet.role === role);
  }

  private create(subnet: PlannedSubnet): Subnet {
    const { addresses, vpc, cni, ipFamily } = this.props;
    const { role, zone, cidr, id } = subnet;
    return new Subnet(this, id, {
      vpcId: vpc.id,
      availabilityZone: zone,
      cidrBlock: cidr,
      ...(ipFamily === "ipv6" && this.ipv6(subnet)),
      tags: {
        Name: `${addresses.name}-${id}`,
        [CLUSTER_TAG]: addresses.name,
        [ROLE_TAG]: role,
        ...discoveryTags(subnet, addresses.name, cni),
      },
      dependsOn: this.associationsAround(cidr),
    });
  }

  /** Each CIDR depends on the subnet's alone, so that more nodes or pods in the plan change none. */
  private reservePrefixes({ id, cidr, resource }: NetworkSubnet): void {
    prefixReservations(Prefix.parse(cidr)).forEach((reserved, index) => {
      new Ec2SubnetCidrReservation(this, `${id}-prefixes-${index + 1}`, {
        subnetId: resource.id,
        cidrBlock: String(reserved),
        reservationType: "prefix",
        description: "for /28 prefixes of pods",
      });
    });
  }

  private associationsAround(cidr: string) {
    const around = this.props.attached.find((attached) => attached.cidr.contains(Prefix.parse(cidr)));
    return around && [...around.associations];
  }

  private ipv6(subnet: PlannedSubnet) {
    return {
      ipv6CidrBlock: Fn.cidrsubnet(this.props.vpc.ipv6CidrBlock, 8, ipv6Network(this, subnet)),
      assignIpv6AddressOnCreation: true,
    };
  }
}
