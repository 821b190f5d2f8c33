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
 *
 * @throws ValidationError for a service that has an endpoint, or a name that is none
 */
export class VpcEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { addresses, vpc, subnets } = props;
    const services = [...(props.isolated ? NODE_SERVICES : []), ...props.services];
    checkServices(this, services);
    new VpcEndpoint(this, "s3", {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${addresses.region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: props.privateRouteTables.map((table) => table.id),
      tags: { Name: `${addresses.name}-s3` },
    });
    if (services.length === 0) return;

    const group = new SecurityGroup(this, "security-group", {
      vpcId: vpc.id,
      name: `${addresses.name}-endpoints`,
      description: "HTTPS from the nodes and pods to AWS service endpoints",
      tags: { Name: `${addresses.name}-endpoints` },
    });
    for (const { id: name, cidr, text } of clients(props)) {
      new VpcSecurityGroupIngressRule(this, name, {
        securityGroupId: group.id,
        description: `HTTPS from ${text}`,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: cidr,
      });
    }
    const interfaces = onePerZone(subnets.of("node")).map(({ resource }) => resource.id);
    for (const service of services) {
      new VpcEndpoint(this, service.replaceAll(".", "-"), {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${addresses.region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: interfaces,
        securityGroupIds: [group.id],
        tags: { Name: `${addresses.name}-${service}` },
      });
    }
  }
}

function checkServices(where: Construct, services: readonly string[]): void {
  const wrong = services.find(
    (service) => !/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/.test(service) || service.startsWith("com."),
  );
  if (wrong !== undefined)
    throw new ValidationError(
      where,
      `endpointServices has ${wrong}, which is not the last part of a service's name; use for example logs or ecr.api`,
    );
  const double = [...services, "s3"].find((service, index, all) => all.indexOf(service) !== index);
  if (double === undefined) return;
  throw new ValidationError(where, `endpointServices has ${double}, which has an endpoint; remove it`);
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
