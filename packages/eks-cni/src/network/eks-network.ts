import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { type Route } from "@cdktf/provider-aws/lib/route";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { type VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcIpamPoolCidrAllocation } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr-allocation";
import { Prefix } from "@cluster-ipam/address-plan";
import { ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { attachCidrs, furtherCidrs } from "./attached-cidrs";
import { DEFAULT_CNI_VERSION, tagSemantics } from "./cni-version";
import { checkLayout } from "./eks-network-layout";
import { type EksNetworkProps } from "./eks-network-props";
import { FlowLogs } from "./flow-logs";
import { NetworkRouting, type RouteTarget } from "./network-routing";
import { NetworkSubnets } from "./network-subnets";
import { CLUSTER_TAG } from "../subnets/network-tags";
import { VpcEndpoints } from "./vpc-endpoints";

/**
 * The VPC of one EKS cluster, with planned CIDRs that IPAM enforces. Pod and growth CIDRs are attached before the first
 * pod, because a control plane can take five hours to recognize a CIDR that is attached later. Space that is added to the
 * plan becomes an additional CIDR or additional subnets; nothing that exists changes.
 *
 * A zone that is added later gets a public subnet, node and pod subnets, a route table and, with a NAT gateway per zone,
 * its gateway. It gets no control-plane subnet: EKS accepts only subnets of exactly the zones that the cluster was created
 * in (EKS user guide, "Amazon EKS networking requirements for VPC and subnets"; aws/containers-roadmap#2330). Nodes in the
 * new zone reach the control plane through the others.
 *
 * What the plan drains stays until the plan frees it, without the tags by which the CNI, Karpenter and the load balancer
 * controller discover subnets.
 *
 * @throws ValidationError if the addresses break the rules of VPC or EKS
 */
export class EksNetwork extends Construct {
  readonly vpc: Vpc;
  readonly subnets: NetworkSubnets;
  readonly routing: NetworkRouting;
  readonly endpoints: VpcEndpoints;
  readonly internetGateway: InternetGateway;
  readonly ipFamily: "ipv4" | "ipv6";
  readonly cniVersion: string;
  /** Whether the node subnets are closed to pods. */
  readonly nodeSubnetsExcluded: boolean;

  constructor(scope: Construct, id: string, props: EksNetworkProps) {
    super(scope, id);
    this.ipFamily = props.ipFamily ?? "ipv4";
    this.cniVersion = props.cniVersion ?? DEFAULT_CNI_VERSION;
    const cni = tagSemantics(this, this.cniVersion);
    this.nodeSubnetsExcluded = cni.excludesByZero && this.ipFamily === "ipv4";
    checkLayout(this, props);
    if (!cni.excludesByZero && this.ipFamily === "ipv4") {
      warn(
        this,
        `CNI ${this.cniVersion} also places pods in the node subnets, which the plan sizes for nodes only; use v1.22.1 or later`,
      );
    }

    this.vpc = this.createVpc(props);
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: this.vpc.id });
    const poolId = (key: string) => this.poolId(props, key);
    this.subnets = new NetworkSubnets(this, "subnets", {
      addresses: props.addresses,
      vpc: this.vpc,
      ipFamily: this.ipFamily,
      cni: { ...cni, excludesByZero: this.nodeSubnetsExcluded },
      prefixReservations: props.prefixReservations ?? true,
      attached: attachCidrs(this, this.vpc, furtherCidrs(props.addresses, this.ipFamily), poolId),
    });
    const internetGateway = new InternetGateway(this, "internet-gateway", {
      vpcId: this.vpc.id,
      tags: { Name: props.addresses.name },
    });
    if (props.vpcCidr?.internetGatewayId !== undefined)
      internetGateway.importFrom(props.vpcCidr.internetGatewayId);
    this.internetGateway = internetGateway;
    this.routing = new NetworkRouting(this, "routing", {
      addresses: props.addresses,
      vpc: this.vpc,
      subnets: this.subnets,
      natGateways: props.natGateways,
      internetGateway,
      ...(this.ipFamily === "ipv6" && {
        egressOnlyGateway: new EgressOnlyInternetGateway(this, "egress-only-gateway", {
          vpcId: this.vpc.id,
          tags: { Name: props.addresses.name },
        }),
      }),
    });
    this.endpoints = new VpcEndpoints(this, "endpoints", {
      addresses: props.addresses,
      vpc: this.vpc,
      subnets: this.subnets,
      privateRouteTables: this.routing.privateRouteTables,
      attachCidrs: props.attachCidrs ?? [],
      services: props.endpointServices ?? [],
      isolated: props.natGateways === "none",
    });
    if (props.flowLogs) {
      const { addresses, accountId, deletionProtection = true } = props;
      const { vpc } = this;
      new FlowLogs(this, "flow-logs", { ...props.flowLogs, addresses, vpc, accountId, deletionProtection });
    }
  }

  /**
   * Adds an interface endpoint of an AWS service. All nodes and pods may use it.
   *
   * @param service for example `ssm`
   * @throws ValidationError for one that the network has
   */
  addEndpoint(service: string): VpcEndpoint {
    return this.endpoints.add(service);
  }

  /**
   * Adds a route of the nodes and pods, for example to on-premises networks through a transit gateway.
   *
   * @param cidr destination, IPv4
   * @throws ValidationError for a range of the VPC, and for a target that is none or several
   */
  addRoute(cidr: string, target: RouteTarget): readonly Route[] {
    return this.routing.addRoute(cidr, target);
  }

  private createVpc(props: EksNetworkProps): Vpc {
    const { addresses, vpcCidr: existing } = props;
    const ipamPoolId = this.poolId(props, addresses.pool);
    const vpc = new Vpc(this, "vpc", {
      ...(addresses.vpcCidr === "ipam-assigned"
        ? { ipv4NetmaskLength: Prefix.parse(addresses.vpc).length }
        : { cidrBlock: addresses.vpc }),
      ...(existing ? {} : { ipv4IpamPoolId: ipamPoolId }),
      assignGeneratedIpv6CidrBlock: this.ipFamily === "ipv6" ? true : undefined,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      enableNetworkAddressUsageMetrics: true,
      tags: {
        Name: addresses.name,
        environment: addresses.environment,
        [CLUSTER_TAG]: addresses.name,
      },
      lifecycle: { preventDestroy: props.deletionProtection ?? true },
    });
    if (existing) {
      vpc.importFrom(existing.vpcId);
      new VpcIpamPoolCidrAllocation(this, "vpc-reservation", {
        ipamPoolId,
        cidr: addresses.vpc,
        description: `${existing.vpcId}, which was there before the plan`,
      });
    }
    return vpc;
  }

  private poolId({ ipamPoolIds }: EksNetworkProps, key: string): string {
    const id = ipamPoolIds[key];
    if (id !== undefined) return id;
    throw new ValidationError(this, `ipamPoolIds has no ${key}; add the id of that IPAM pool`);
  }
}
