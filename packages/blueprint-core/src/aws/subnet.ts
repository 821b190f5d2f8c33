import {
  Subnet as BoundSubnet,
  type SubnetConfig as BoundSubnetConfig,
} from "@cdktf/provider-aws/lib/subnet";
import { Token } from "cdktf";
import { type Construct } from "constructs";
import { type Arguments, given, hclArgument } from "../binding-extension";
import { BlueprintStack } from "../blueprint-stack";
import { ValidationError } from "../validation-error";

/** Arguments of `aws_subnet`, with those the bindings lack. All of them need aws 6.29.0 and replace the subnet. */
export interface SubnetConfig extends BoundSubnetConfig {
  /** Planning pool that gives the subnet its IPv4 CIDR. @default the CIDR is written down */
  readonly ipv4IpamPoolId?: string;
  /** Size of the IPv4 CIDR that the pool gives, /16 to /28. @default the pool's default */
  readonly ipv4NetmaskLength?: number;
  /** Planning pool that gives the subnet its IPv6 CIDR. @default the CIDR is written down, or none */
  readonly ipv6IpamPoolId?: string;
  /** Size of the IPv6 CIDR that the pool gives, /44 to /64 in steps of 4. @default the pool's default */
  readonly ipv6NetmaskLength?: number;
}

/** `aws_subnet` whose CIDRs come from IPAM. */
export class Subnet extends BoundSubnet {
  private readonly fromIpam: Record<string, string | number>;

  /** @throws ValidationError on a netmask that EC2 refuses; the provider itself lets it pass at plan time */
  constructor(scope: Construct, id: string, config: SubnetConfig) {
    super(scope, id, config);
    this.fromIpam = given<string | number>({
      ipv4_ipam_pool_id: config.ipv4IpamPoolId,
      ipv4_netmask_length: config.ipv4NetmaskLength,
      ipv6_ipam_pool_id: config.ipv6IpamPoolId,
      ipv6_netmask_length: config.ipv6NetmaskLength,
    });
    this.checkNetmask("ipv4NetmaskLength", config.ipv4NetmaskLength, { least: 16, most: 28, step: 1 });
    this.checkNetmask("ipv6NetmaskLength", config.ipv6NetmaskLength, { least: 44, most: 64, step: 4 });
    if (Object.keys(this.fromIpam).length > 0) BlueprintStack.find(this)?.requireProvider("aws", "6.29.0");
  }

  protected override synthesizeAttributes(): Arguments {
    return { ...super.synthesizeAttributes(), ...this.fromIpam };
  }

  protected override synthesizeHclAttributes(): Arguments {
    const described = Object.entries(this.fromIpam).map(([name, value]) => [name, hclArgument(value)]);
    return { ...super.synthesizeHclAttributes(), ...Object.fromEntries(described) };
  }

  /** Bounds: Amazon VPC, "Subnet CIDR blocks". */
  private checkNetmask(
    name: string,
    length: number | undefined,
    { least, most, step }: { least: number; most: number; step: number },
  ): void {
    if (length === undefined || Token.isUnresolved(length)) return;
    if (length >= least && length <= most && (length - least) % step === 0) return;
    const steps = step === 1 ? "" : ` in steps of ${step}`;
    throw new ValidationError(
      this,
      `${name} is ${length} but EC2 makes subnets of /${least} to /${most}${steps}; use one`,
    );
  }
}
