import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpamPoolCidrAllocation } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr-allocation";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { warn } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { DEFAULT_CNI_VERSION, tagSemantics } from "./cni-version";
import { checkLayout } from "./eks-network-layout";
import { type EksNetworkProps } from "./eks-network-props";
import { NetworkRouting } from "./network-routing";
import { NetworkSubnets } from "./network-subnets";
import { CLUSTER_TAG } from "./network-tags";
import { vpcSizedBlocks } from "./vpc-cidr";
import { VpcEndpoints } from "./vpc-endpoints";

/**
 * The VPC of one EKS cluster, with planned CIDRs that IPAM enforces. Pod and growth CIDRs are attached before the first
 * pod, because a control plane can take five hours to recognize a CIDR that is attached later. Growth added to the plan
 * is attached as an additional CIDR.
 *
 * @throws ValidationError if the addresses break the rules of VPC or EKS
 */
export class EksNetwork extends Construct {
  readonly vpc: Vpc;
  readonly subnets: NetworkSubnets;
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
    this.subnets = new NetworkSubnets(this, "subnets", {
      addresses: props.addresses,
      vpc: this.vpc,
      vpcCidr: props.vpcCidr ?? { mode: "planned" },
      ipFamily: this.ipFamily,
      cni: { ...cni, excludesByZero: this.nodeSubnetsExcluded },
      podCidrs: this.attachSecondaryCidrs(props),
    });
    const internetGateway = new InternetGateway(this, "internet-gateway", {
      vpcId: this.vpc.id,
      tags: { Name: props.addresses.name },
    });
    if (props.vpcCidr?.mode === "existing" && props.vpcCidr.internetGatewayId !== undefined)
      internetGateway.importFrom(props.vpcCidr.internetGatewayId);
    const routing = new NetworkRouting(this, "routing", {
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
    new VpcEndpoints(this, "endpoints", {
      addresses: props.addresses,
      vpc: this.vpc,
      subnets: this.subnets,
      privateRouteTables: routing.privateRouteTables,
      isolated: props.natGateways === "none",
    });
  }

  private createVpc(props: EksNetworkProps): Vpc {
    const cidr = props.vpcCidr ?? { mode: "planned" };
    const vpc = new Vpc(this, "vpc", {
      ...(cidr.mode === "ipam-assigned"
        ? { ipv4NetmaskLength: cidr.netmaskLength }
        : { cidrBlock: props.addresses.vpc }),
      ...(cidr.mode === "existing" ? {} : { ipv4IpamPoolId: props.ipamPoolId }),
      assignGeneratedIpv6CidrBlock: this.ipFamily === "ipv6" ? true : undefined,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      enableNetworkAddressUsageMetrics: true,
      tags: {
        Name: props.addresses.name,
        environment: props.addresses.environment,
        [CLUSTER_TAG]: props.addresses.name,
      },
      lifecycle: { preventDestroy: props.deletionProtection ?? true },
    });
    if (cidr.mode === "existing") {
      vpc.importFrom(cidr.vpcId);
      new VpcIpamPoolCidrAllocation(this, "vpc-reservation", {
        ipamPoolId: props.ipamPoolId,
        cidr: props.addresses.vpc,
        description: `${cidr.vpcId}, which was there before the plan`,
      });
    }
    return vpc;
  }

  /** IPv6 pods need no IPv4 space, so a dual-stack VPC has no secondary CIDR. */
  private attachSecondaryCidrs(props: EksNetworkProps): readonly VpcIpv4CidrBlockAssociation[] {
    if (this.ipFamily === "ipv6") return [];
    const { pods, growth } = props.addresses;
    const attach = (name: string, cidr: string) =>
      vpcSizedBlocks(cidr).map(
        (block, index) =>
          new VpcIpv4CidrBlockAssociation(this, `${name}-cidr-${index}`, {
            vpcId: this.vpc.id,
            cidrBlock: block,
            ipv4IpamPoolId: props.podIpamPoolId,
          }),
      );
    const podCidrs = attach("pod", pods.cidr);
    for (const { name, cidr } of growth) attach(name, cidr);
    return podCidrs;
  }
}
