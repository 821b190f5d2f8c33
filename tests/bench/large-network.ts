import {
  AssociateRouteTableCommand,
  AssociateVpcCidrBlockCommand,
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  type CreateNetworkInterfaceCommandOutput,
  CreateRouteTableCommand,
  type CreateRouteTableCommandOutput,
  CreateSubnetCommand,
  type CreateSubnetCommandOutput,
  CreateVpcCommand,
  type CreateVpcCommandOutput,
} from "@aws-sdk/client-ec2";
import { Prefix } from "@cluster-ipam/address-plan";
import { type Store } from "@cluster-ipam/cloud-model";
import { DirectEc2, type Ec2Command } from "@cluster-ipam/cloud-model/endpoint";
import { seedEksCluster } from "@cluster-ipam/cloud-model/aws/eks";
import { type AutoscalerConfig, DEFAULT_POLICY } from "@cluster-ipam/subnet-autoscaler/runtime";

/** Account of the large network: an access key id of twelve digits is the account. */
export const ACCOUNT = "333333333333";
export const REGION = "eu-central-1";
const CLUSTER = "prod-large";
const ZONES = ["a", "b", "c"].map((letter) => `${REGION}${letter}`);
/** Subnets of a VPC before the quota is raised. */
export const SUBNETS = 200;
export const INTERFACES = 10_000;
const SUBNET_LENGTH = 21;
const VPC_CIDRS = 7;

/**
 * Puts the largest network that the autoscaler is made for into a cloud: a VPC with 200 pod and growth subnets and
 * 10,000 interfaces, each with an address and a prefix.
 *
 * @returns the configuration of its autoscaler
 */
export async function largeNetwork(store: Store): Promise<AutoscalerConfig> {
  const cloud = new DirectEc2({
    store,
    region: REGION,
    account: ACCOUNT,
    faults: { quotas: { cidrsPerVpc: VPC_CIDRS + 1 } },
  });
  const send = <Output extends object>(command: Ec2Command) => cloud.send<Output>(command);
  const { Vpc } = await send<CreateVpcCommandOutput>(new CreateVpcCommand({ CidrBlock: "10.0.0.0/20" }));
  const vpcId = Vpc!.VpcId!;
  const cidrs = Array.from({ length: VPC_CIDRS }, (_, index) => `100.${64 + index}.0.0/16`);
  for (const CidrBlock of cidrs) await send(new AssociateVpcCidrBlockCommand({ VpcId: vpcId, CidrBlock }));
  const { RouteTable } = await send<CreateRouteTableCommandOutput>(
    new CreateRouteTableCommand({ VpcId: vpcId }),
  );
  const subnets: string[] = [];
  for (let index = 0; index < SUBNETS; index++) {
    const { Subnet } = await send<CreateSubnetCommandOutput>(subnetAt(index, vpcId));
    const SubnetId = Subnet!.SubnetId!;
    await send(new AssociateRouteTableCommand({ RouteTableId: RouteTable!.RouteTableId, SubnetId }));
    subnets.push(SubnetId);
  }
  for (let index = 0; index < INTERFACES; index++) {
    const SubnetId = subnets[index % SUBNETS];
    const { NetworkInterface } = await send<CreateNetworkInterfaceCommandOutput>(
      new CreateNetworkInterfaceCommand({ SubnetId, Ipv4PrefixCount: 1 }),
    );
    await send(
      new AttachNetworkInterfaceCommand({
        NetworkInterfaceId: NetworkInterface!.NetworkInterfaceId,
        InstanceId: `i-${String(index).padStart(17, "0")}`,
        DeviceIndex: 1,
      }),
    );
  }
  seedEksCluster(store, { owner: ACCOUNT, region: REGION, name: CLUSTER, vpcId });
  return {
    cluster: CLUSTER,
    region: REGION,
    vpcId,
    growthPools: { cidrs },
    zones: ZONES.map((zone) => ({ zone })),
    policy: DEFAULT_POLICY,
    quotas: { subnetsPerVpc: SUBNETS, cidrsPerVpc: VPC_CIDRS + 1 },
    mode: "act",
    metricNamespace: "SubnetAutoscaler",
  };
}

/** The first subnet of a zone is planned, the others have grown. */
function subnetAt(index: number, VpcId: string): CreateSubnetCommand {
  const planned = index < ZONES.length;
  const tags: Record<string, string> = {
    "cluster-ipam/cluster": CLUSTER,
    "cluster-ipam/role": planned ? "pod" : "growth",
    "kubernetes.io/role/cni": "1",
    ...(!planned && {
      "cluster-ipam/autoscaler": CLUSTER,
      "cluster-ipam/autoscaler-state": "active@2026-01-01T00:00:00.000Z",
      "cluster-ipam/created-at": "2026-01-01T00:00:00.000Z",
      "cluster-ipam/empty-since": "in-use",
    }),
  };
  const first = Number(Prefix.parse("100.64.0.0/16").first) + index * 2 ** (32 - SUBNET_LENGTH);
  return new CreateSubnetCommand({
    VpcId,
    CidrBlock: Prefix.ipv4At(first, SUBNET_LENGTH).toString(),
    AvailabilityZone: ZONES[index % ZONES.length],
    TagSpecifications: [
      { ResourceType: "subnet", Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
    ],
  });
}
