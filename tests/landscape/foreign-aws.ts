import {
  AssociateVpcCidrBlockCommand,
  CreateIpamCommand,
  CreateIpamPoolCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  AllocateIpamPoolCidrCommand,
  EC2Client,
  ProvisionIpamPoolCidrCommand,
} from "@aws-sdk/client-ec2";
import { type Endpoint, startEndpoint } from "@cluster-ipam/cloud-model/endpoint";

/** A subnet that somebody made: its role decides its tags. */
export interface ForeignSubnet {
  readonly cidr: string;
  readonly zone: string;
  readonly name: string;
}

/** AWS as teams without a plan left it, made with the SDK. */
export class ForeignAws {
  private constructor(
    private readonly url: string,
    private readonly endpoint?: Endpoint,
  ) {}

  /** A cloud of its own. */
  static async start(): Promise<ForeignAws> {
    const endpoint = await startEndpoint();
    return new ForeignAws(endpoint.url, endpoint);
  }

  /** The cloud at an endpoint. */
  static at = (url: string) => new ForeignAws(url);

  stop = async () => this.endpoint?.stop();

  /** The variables with which any client finds this cloud. */
  env(account: string, region: string): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: "sandbox",
      AWS_REGION: region,
    };
  }

  ec2 = (account: string, region: string) =>
    new EC2Client({
      ...{ endpoint: this.url, region },
      credentials: { accessKeyId: account, secretAccessKey: "sandbox" },
    });

  /** A VPC with its subnets. @param cidrs the primary CIDR, then secondary ones @returns its id and theirs, by name */
  async vpc(
    place: { readonly account: string; readonly region: string },
    name: string,
    cidrs: readonly [string, ...string[]],
    subnets: readonly ForeignSubnet[],
    tags: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly id: string; readonly subnets: Readonly<Record<string, string>> }> {
    const ec2 = this.ec2(place.account, place.region);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: cidrs[0] }));
    const id = Vpc!.VpcId!;
    for (const CidrBlock of cidrs.slice(1))
      await ec2.send(new AssociateVpcCidrBlockCommand({ VpcId: id, CidrBlock }));
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: tagList({ Name: name, ...tags }) }));
    const ids: Record<string, string> = {};
    for (const { cidr, zone, name: own } of subnets) {
      const { Subnet } = await ec2.send(
        new CreateSubnetCommand({
          ...{ VpcId: id, CidrBlock: cidr, AvailabilityZone: zone },
          TagSpecifications: [{ ResourceType: "subnet", Tags: tagList({ Name: own, ...roleTags(own) }) }],
        }),
      );
      ids[own] = Subnet!.SubnetId!;
    }
    return { id, subnets: ids };
  }

  /** An IPAM with a pool of a Region, and reservations in its middle. */
  async ipam(
    place: { readonly account: string; readonly region: string },
    cidr: string,
    reserved: readonly string[],
  ) {
    const ec2 = this.ec2(place.account, place.region);
    const { Ipam } = await ec2.send(
      new CreateIpamCommand({ OperatingRegions: [{ RegionName: place.region }] }),
    );
    const { IpamPool } = await ec2.send(
      new CreateIpamPoolCommand({
        ...{ IpamScopeId: Ipam!.PrivateDefaultScopeId!, AddressFamily: "ipv4", Locale: place.region },
      }),
    );
    const IpamPoolId = IpamPool!.IpamPoolId!;
    await ec2.send(new ProvisionIpamPoolCidrCommand({ IpamPoolId, Cidr: cidr }));
    for (const Cidr of reserved)
      await ec2.send(new AllocateIpamPoolCidrCommand({ IpamPoolId, Cidr, Description: "printers" }));
    return IpamPoolId;
  }
}

function roleTags(name: string): Readonly<Record<string, string>> {
  return name.startsWith("public") ? { "kubernetes.io/role/elb": "1" } : {};
}

function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
