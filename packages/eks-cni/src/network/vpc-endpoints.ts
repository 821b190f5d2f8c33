import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { type RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { type Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { growthRanges } from "./growth-ranges";
import { type NetworkSubnet, type NetworkSubnets } from "./network-subnets";

/** Props of {@link VpcEndpoints}. */
export interface VpcEndpointsProps {
  readonly addresses: EksClusterAddresses;
  readonly vpc: Vpc;
  readonly subnets: NetworkSubnets;
  readonly privateRouteTables: readonly RouteTable[];
  /** CIDRs that the subnet autoscaler attaches to the VPC. */
  readonly attachCidrs: readonly string[];
  /** Services with an interface endpoint besides those that nodes call, for example `logs`. */
  readonly services: readonly string[];
  /** Whether the network has no NAT gateway, so nodes need an endpoint for each AWS service they call. */
  readonly isolated: boolean;
}

/** Services that a node calls before its first pod runs (EKS user guide, private clusters). */
const NODE_SERVICES = ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "sts"];

/**
 * Endpoints of AWS services: S3 always (image layers, free of charge), those that nodes call only without a NAT gateway, and
 * any others. They admit every address that the VPC has or will have nodes or pods in.
 */
export class VpcEndpoints extends Construct {
  readonly s3: VpcEndpoint;
  /** The interface endpoints, by service: `ecr.api`. */
  readonly interfaces = new Map<string, VpcEndpoint>();
  /** Admits the nodes and pods to the interface endpoints. Undefined without any. */
  securityGroup: SecurityGroup | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VpcEndpointsProps,
  ) {
    super(scope, id);
    const { addresses, vpc } = props;
    this.s3 = new VpcEndpoint(this, "s3", {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${addresses.region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: props.privateRouteTables.map((table) => table.id),
      tags: { Name: `${addresses.name}-s3` },
    });
    const services = [...(props.isolated ? NODE_SERVICES : []), ...props.services];
    for (const service of services) this.add(service);
  }

  /**
   * Adds an interface endpoint in every zone, which all nodes and pods may use, those of growth included.
   *
   * @param service of AWS in the Region, for example `ssm`
   * @throws ValidationError for one that the network has, and for a name with the Region
   */
  add(service: string): VpcEndpoint {
    const { addresses, vpc, subnets } = this.props;
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(service) || service.startsWith("com.amazonaws."))
      throw new ValidationError(
        this,
        `${JSON.stringify(service)} is not the name of a service; leave out com.amazonaws and the Region, for example ssm`,
      );
    if (service === "s3" || this.interfaces.has(service))
      throw new ValidationError(this, `the network has an endpoint of ${service}; remove the second one`);
    const endpoint = new VpcEndpoint(this, service.replaceAll(".", "-"), {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${addresses.region}.${service}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: onePerZone(subnets.of("node")).map(({ resource }) => resource.id),
      securityGroupIds: [(this.securityGroup ??= this.createSecurityGroup()).id],
      tags: { Name: `${addresses.name}-${service}` },
    });
    this.interfaces.set(service, endpoint);
    return endpoint;
  }

  private createSecurityGroup(): SecurityGroup {
    const { addresses, vpc } = this.props;
    const group = new SecurityGroup(this, "security-group", {
      vpcId: vpc.id,
      name: `${addresses.name}-endpoints`,
      description: "HTTPS from the nodes and pods to AWS service endpoints",
      tags: { Name: `${addresses.name}-endpoints` },
    });
    for (const { id: name, cidr, text } of clients(this.props)) {
      new VpcSecurityGroupIngressRule(this, name, {
        securityGroupId: group.id,
        description: `HTTPS from ${text}`,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: cidr,
      });
    }
    return group;
  }
}

/** Everything with nodes or pods: the subnets of every set, and the ranges in which the subnet autoscaler makes more. */
function clients({ addresses, subnets, attachCidrs }: VpcEndpointsProps) {
  const planned = [...subnets.of("node"), ...subnets.of("pod")].map(({ id, role, set, zone, resource }) => ({
    id,
    cidr: resource.cidrBlock,
    text: `the ${role} subnet ${set === 1 ? "" : `${set} `}of ${zone}`,
  }));
  const hasPods = subnets.of("pod").length > 0;
  const ranges = hasPods ? growthRanges(addresses, attachCidrs) : [];
  return [...planned, ...ranges.map(({ name, cidr }) => ({ id: name, cidr, text: `the pods in ${name}` }))];
}

/** The first subnet in use of each zone: EC2 accepts one subnet per zone, and an endpoint would keep a draining one in use. */
function onePerZone(subnets: readonly NetworkSubnet[]): readonly NetworkSubnet[] {
  const inUse = subnets.filter(({ state }) => state !== "draining");
  return inUse.filter(({ zone }, index) => inUse.findIndex((subnet) => subnet.zone === zone) === index);
}
