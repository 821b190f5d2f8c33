import { ec2Operations } from "../../../src/aws/ec2/operations/ec2-operations";
import { defaultQuotas, type Quotas } from "../../../src/quotas";
import { Store } from "../../../src/store/store";
import { type RequestContext } from "../../../src/request-context";

type Operations = typeof ec2Operations;
type Action = keyof Operations;

/** An AWS account in a Region of a modeled cloud, for tests. */
export class Account {
  constructor(
    readonly store = new Store(),
    readonly caller = { owner: "123456789012", region: "eu-west-1" },
    readonly quotas: Partial<Quotas> = {},
  ) {}

  /** Runs one operation in a transaction of its own. */
  call<A extends Action>(action: A, input: Parameters<Operations[A]>[1]): ReturnType<Operations[A]> {
    return this.act((context) => {
      const operation = ec2Operations[action] as (context: RequestContext, input: unknown) => unknown;
      return operation(context, input) as ReturnType<Operations[A]>;
    });
  }

  act<T>(change: (context: RequestContext) => T): T {
    const quotas = { ...defaultQuotas, ...this.quotas };
    return this.store.transact((transaction) => change({ transaction, caller: this.caller, quotas }));
  }

  /** The same cloud from another account or Region. */
  elsewhere(caller: Partial<Account["caller"]>): Account {
    return new Account(this.store, { ...this.caller, ...caller }, this.quotas);
  }

  vpc(CidrBlock = "10.0.0.0/16"): string {
    return this.call("CreateVpc", { CidrBlock }).Vpc!.VpcId!;
  }

  subnet(VpcId: string, CidrBlock: string, AvailabilityZone = "eu-west-1a"): string {
    return this.call("CreateSubnet", { VpcId, CidrBlock, AvailabilityZone }).Subnet!.SubnetId!;
  }

  /** An IPAM's private scope. */
  scope(...regions: readonly string[]): string {
    const OperatingRegions = regions.map((RegionName) => ({ RegionName }));
    return this.call("CreateIpam", { OperatingRegions }).Ipam!.PrivateDefaultScopeId!;
  }

  /** A pool that allocates in the account's Region, unless it is said otherwise. */
  pool(IpamScopeId: string, cidr: string, more: object = {}): string {
    const { region } = this.caller;
    const input = { IpamScopeId, AddressFamily: "ipv4", Locale: region, ...more } as const;
    const IpamPoolId = this.call("CreateIpamPool", input).IpamPool!.IpamPoolId!;
    this.call("ProvisionIpamPoolCidr", { IpamPoolId, Cidr: cidr });
    return IpamPoolId;
  }
}
