import {
  AssociateVpcCidrBlockCommand,
  type AssociateVpcCidrBlockCommandOutput,
  CreateSubnetCommand,
  DescribeIpamPoolsCommand,
  type DescribeIpamPoolsCommandOutput,
  DescribeVpcsCommand,
  type DescribeVpcsCommandOutput,
  GetIpamPoolAllocationsCommand,
  type GetIpamPoolAllocationsCommandOutput,
} from "@aws-sdk/client-ec2";
import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { Journal, Store } from "@cluster-ipam/cloud-model";
import { DirectEc2 } from "@cluster-ipam/cloud-model/endpoint";
import { type Deployment } from "./deployment";

/** The growth pool that a deployed cluster shares, with what autoscalers do in it. */
export class GrowthPool {
  /** @param account of the cluster */
  constructor(
    private readonly deployment: Deployment,
    private readonly cluster: EksClusterAddresses,
    private readonly account: string,
  ) {}

  /** Attaches a CIDR that IPAM chooses, with a growth subnet, as the autoscaler of a cluster does. @returns the CIDR */
  async draw(cluster: string, netmaskLength: number): Promise<string> {
    const ec2 = this.ec2();
    const byTag = { Filters: [{ Name: "tag:cluster-ipam/cluster", Values: [cluster] }] };
    const { Vpcs } = await ec2.send<DescribeVpcsCommandOutput>(new DescribeVpcsCommand(byTag));
    const request = {
      VpcId: Vpcs![0]!.VpcId!,
      Ipv4IpamPoolId: await this.id(ec2),
      Ipv4NetmaskLength: netmaskLength,
    };
    const { CidrBlockAssociation } = await ec2.send<AssociateVpcCidrBlockCommandOutput>(
      new AssociateVpcCidrBlockCommand(request),
    );
    const CidrBlock = CidrBlockAssociation!.CidrBlock!;
    const Tags = ["cluster-ipam/cluster", "cluster-ipam/autoscaler"].map((Key) => ({ Key, Value: cluster }));
    const subnet = { VpcId: request.VpcId, CidrBlock, AvailabilityZone: this.cluster.zones[0] };
    await ec2.send(
      new CreateSubnetCommand({ ...subnet, TagSpecifications: [{ ResourceType: "subnet", Tags }] }),
    );
    return CidrBlock;
  }

  /** The CIDRs that the pool has allocated. */
  async allocations(): Promise<(string | undefined)[]> {
    const ec2 = this.ec2();
    const { IpamPoolAllocations } = await ec2.send<GetIpamPoolAllocationsCommandOutput>(
      new GetIpamPoolAllocationsCommand({ IpamPoolId: await this.id(ec2) }),
    );
    return IpamPoolAllocations!.map(({ Cidr }) => Cidr);
  }

  private ec2(): DirectEc2 {
    const store = new Store({ journal: new Journal(this.deployment.cloud) });
    return new DirectEc2({ store, region: this.cluster.region, account: this.account });
  }

  private async id(ec2: DirectEc2): Promise<string> {
    const description = `${this.cluster.sharedGrowth[0]!.pool}: *`;
    const { IpamPools } = await ec2.send<DescribeIpamPoolsCommandOutput>(
      new DescribeIpamPoolsCommand({ Filters: [{ Name: "description", Values: [description] }] }),
    );
    return IpamPools![0]!.IpamPoolId!;
  }
}
