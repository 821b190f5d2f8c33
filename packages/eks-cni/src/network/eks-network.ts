import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpamPoolCidrAllocation } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr-allocation";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { DEFAULT_CNI_VERSION, tagSemantics } from "./cni-version";
import { checkLayout } from "./eks-network-layout";
import { NetworkRouting } from "./network-routing";
import { NetworkSubnets } from "./network-subnets";
import { CLUSTER_TAG } from "./network-tags";
import { type VpcCidr, vpcSizedBlocks } from "./vpc-cidr";
import { VpcEndpoints } from "./vpc-endpoints";

/** How private subnets reach the internet over IPv4. */
export type NatGateways =
  /** One in the first zone: cheap; the other zones lose egress with it and pay for cross-zone traffic. */
  | "single"
  /** One in each zone. */
  | "per-zone"
  /** None: the nodes reach AWS through interface endpoints only. */
  | "none";

export interface EksNetworkProps {
  /** Addresses of the cluster, from the address plan. */
  readonly cluster: EksClusterAddresses;
  /** Id of the IPAM pool that owns the VPC's CIDR. */
  readonly ipamPoolId: string;
  /** Id of the IPAM pool that owns the pods' and the growth CIDRs. */
  readonly podIpamPoolId: string;
  readonly natGateways: NatGateways;
  /** @default the planned CIDR */
  readonly vpcCidr?: VpcCidr;
  /** "ipv6" makes the VPC dual-stack: pods get IPv6 addresses from the node subnets. @default "ipv4" */
  readonly ipFamily?: "ipv4" | "ipv6";
  /** Version of the VPC CNI add-on with its build; decides the subnets' tags. @default "v1.23.1-eksbuild.1" */
  readonly cniVersion?: string;
  /** The account's quota of IPv4 CIDRs per VPC, 5 to 50. @default 5, that of a new account */
  readonly vpcCidrQuota?: number;
  /**
   * AZ id of each zone in this account, for example `{ "us-east-1a": "use1-az4" }`: EKS refuses some AZ ids.
   * @default none; a warning in Regions that have such zones
   */
  readonly zoneIds?: Readonly<Record<string, string>>;
  /** Terraform refuses to destroy the VPC. @default true */
  readonly deletionProtection?: boolean;
}

/**
 * The VPC of one EKS cluster: planned and IPAM-enforced CIDRs, attached before the first pod, because a control plane
 * can take five hours to recognise a CIDR that is attached later. Growth that is added to the plan is attached beside.
 *
 * @throws ValidationError when the addresses do not fit AWS's or EKS's rules
 */
export class EksNetwork extends Construct {
  readonly vpc: Vpc;
  readonly subnets: NetworkSubnets;
  readonly ipFamily: "ipv4" | "ipv6";
  readonly cniVersion: string;
  /** True when the node subnets are closed to pods. */
  readonly nodeSubnetsExcluded: boolean;

  constructor(scope: Construct, id: string, props: EksNetworkProps) {
    super(scope, id);
    this.ipFamily = props.ipFamily ?? "ipv4";
    this.cniVersion = props.cniVersion ?? DEFAULT_CNI_VERSION;
    const cni = tagSemantics(this, this.cniVersion);
    this.nodeSubnetsExcluded = cni.excludesByZero && this.ipFamily === "ipv4";
    checkLayout(this, props);
    if (!cni.excludesByZero && this.ipFamily === "ipv4") {
      Annotations.of(this).addWarning(
        `CNI ${this.cniVersion} lets pods into the node subnets too, which the plan sizes for nodes; use v1.22.1 or later`,
      );
    }

    this.vpc = this.createVpc(props);
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: this.vpc.id });
    this.subnets = new NetworkSubnets(this, "subnets", {
      cluster: props.cluster,
      vpc: this.vpc,
      vpcCidr: props.vpcCidr ?? { mode: "planned" },
      ipFamily: this.ipFamily,
      cni: { ...cni, excludesByZero: this.nodeSubnetsExcluded },
      podCidrs: this.attachSecondaryCidrs(props),
    });
    const internetGateway = new InternetGateway(this, "internet-gateway", {
      vpcId: this.vpc.id,
      tags: { Name: props.cluster.name },
    });
    if (props.vpcCidr?.mode === "existing" && props.vpcCidr.internetGatewayId !== undefined)
      internetGateway.importFrom(props.vpcCidr.internetGatewayId);
    const routing = new NetworkRouting(this, "routing", {
      cluster: props.cluster,
      vpc: this.vpc,
      subnets: this.subnets,
      natGateways: props.natGateways,
      internetGateway,
      ...(this.ipFamily === "ipv6" && {
        egressOnlyGateway: new EgressOnlyInternetGateway(this, "egress-only-gateway", {
          vpcId: this.vpc.id,
          tags: { Name: props.cluster.name },
        }),
      }),
    });
    new VpcEndpoints(this, "endpoints", {
      cluster: props.cluster,
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
        : { cidrBlock: props.cluster.vpc }),
      ...(cidr.mode === "existing" ? {} : { ipv4IpamPoolId: props.ipamPoolId }),
      assignGeneratedIpv6CidrBlock: this.ipFamily === "ipv6" ? true : undefined,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      enableNetworkAddressUsageMetrics: true,
      tags: {
        Name: props.cluster.name,
        environment: props.cluster.environment,
        [CLUSTER_TAG]: props.cluster.name,
      },
      lifecycle: { preventDestroy: props.deletionProtection ?? true },
    });
    if (cidr.mode === "existing") {
      vpc.importFrom(cidr.vpcId);
      new VpcIpamPoolCidrAllocation(this, "vpc-reservation", {
        ipamPoolId: props.ipamPoolId,
        cidr: props.cluster.vpc,
        description: `${cidr.vpcId}, which was there before the plan`,
      });
    }
    return vpc;
  }

  /** IPv6 pods need no IPv4 space of their own, so a dual-stack VPC has no secondary CIDR. */
  private attachSecondaryCidrs(props: EksNetworkProps): readonly VpcIpv4CidrBlockAssociation[] {
    if (this.ipFamily === "ipv6") return [];
    const { pods, growth } = props.cluster;
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
