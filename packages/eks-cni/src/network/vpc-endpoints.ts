import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { type RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { type Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { Construct } from "constructs";
import { type NetworkSubnets } from "./network-subnets";

/** Props of {@link VpcEndpoints}. */
export interface VpcEndpointsProps {
  readonly addresses: EksClusterAddresses;
  readonly vpc: Vpc;
  readonly subnets: NetworkSubnets;
  readonly privateRouteTables: readonly RouteTable[];
  /** Whether the network has no NAT gateway, so nodes need an endpoint for each AWS service they call. */
  readonly isolated: boolean;
}

/** Services that a node calls before its first pod runs (EKS user guide, private clusters). */
const NODE_SERVICES = ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "sts"];

/** Endpoints of AWS services: S3 always (image layers, free of charge), the others only without a NAT gateway. */
export class VpcEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { addresses, vpc, subnets } = props;
    new VpcEndpoint(this, "s3", {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${addresses.region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: props.privateRouteTables.map((table) => table.id),
      tags: { Name: `${addresses.name}-s3` },
    });
    if (!props.isolated) return;

    const group = new SecurityGroup(this, "security-group", {
      vpcId: vpc.id,
      name: `${addresses.name}-endpoints`,
      description: "HTTPS from the nodes and pods to AWS service endpoints",
      tags: { Name: `${addresses.name}-endpoints` },
    });
    for (const role of ["node", "pod"] as const) {
      for (const [index, subnet] of subnets.byRole[role].entries()) {
        new VpcSecurityGroupIngressRule(this, `${role}-${addresses.zones[index]}`, {
          securityGroupId: group.id,
          description: `HTTPS from the ${role} subnet of ${addresses.zones[index]}`,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrIpv4: subnet.cidrBlock,
        });
      }
    }
    for (const service of NODE_SERVICES) {
      new VpcEndpoint(this, service.replace(".", "-"), {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${addresses.region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: subnets.byRole.node.map((subnet) => subnet.id),
        securityGroupIds: [group.id],
        tags: { Name: `${addresses.name}-${service}` },
      });
    }
  }
}
