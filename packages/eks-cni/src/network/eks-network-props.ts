import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { type FlowLogOptions } from "./flow-logs";
import { type ExistingVpcOptions } from "./existing-vpc";

/** How private subnets reach the internet over IPv4. */
export type NatGateways =
  /**
   * One gateway in the plan's first zone, where it stays when zones are added. Cheap, but the other zones depend on that
   * zone and pay for cross-zone traffic.
   */
  | "single"
  /** One gateway per zone. */
  | "per-zone"
  /** No gateway. The nodes reach AWS through interface endpoints only. */
  | "none";

/** Props of an {@link EksNetwork}. */
export interface EksNetworkProps {
  /** Addresses of the cluster, from the address plan. */
  readonly addresses: EksClusterAddresses;
  /** Ids of the IPAM pools by their keys in the plan: the VPC's `pool` and that of every further CIDR. */
  readonly ipamPoolIds: Readonly<Record<string, string>>;
  readonly natGateways: NatGateways;
  /**
   * Additional growth CIDRs, literal IPv4, /16 to /26, from the pool of the growth space. The network admits them, and the
   * subnet autoscaler attaches them to the VPC ahead of need and detaches them when they are empty. EKS can take five hours
   * to recognize a new CIDR, and the address plan does not know these: prefer `growthPercent` or `eksGrowth` there.
   * @default none
   */
  readonly attachCidrs?: readonly string[];
  /**
   * An existing VPC to import.
   * @default a new VPC, whose CIDR is the planned one or assigned by IPAM, as the plan's `vpcCidr` says
   */
  readonly vpcCidr?: ExistingVpcOptions;
  /** "ipv6" makes the VPC dual-stack: pods get IPv6 addresses from the node subnets. @default "ipv4" */
  readonly ipFamily?: "ipv4" | "ipv6";
  /** Version of the VPC CNI add-on with its build. It decides the subnets' tags. @default "v1.23.1-eksbuild.1" */
  readonly cniVersion?: string;
  /**
   * AZ id of each zone in this account, for example `{ "us-east-1a": "use1-az4" }`. EKS does not support some AZ ids.
   * @default none; a warning in Regions with such zones
   */
  readonly zoneIds?: Readonly<Record<string, string>>;
  /**
   * AWS services with an interface endpoint, as the last part of their name: `logs`, `ssm`, `autoscaling`. An endpoint costs
   * per hour and zone. Without a NAT gateway, pods reach no other service than these, S3, and the ones that nodes call.
   * @default none
   */
  readonly endpointServices?: readonly string[];
  /** Logs of the connections in the VPC. @default none */
  readonly flowLogs?: FlowLogOptions;
  /** AWS account of the network, 12 digits. Its stack refuses any other. @default the account of the credentials */
  readonly accountId?: string;
  /**
   * Reserves the pod subnets for /28 prefixes but for their first sixteenth, where EC2 then puts the addresses of the nodes'
   * interfaces: one elsewhere would break a /28. What EC2 has assigned before stays where it is. Set it to false for a cluster
   * with `cni.prefixDelegation: false`, whose pods get no address that is reserved for prefixes.
   * @default true
   */
  readonly prefixReservations?: boolean;
  /** Terraform refuses to destroy the VPC. @default true */
  readonly deletionProtection?: boolean;
}
