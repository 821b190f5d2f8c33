import { Subnet as Binding, type SubnetConfig as BindingConfig } from "@cdktf/provider-aws/lib/subnet";
import { Token } from "cdktf";
import { type Construct } from "constructs";
import { BlueprintStack } from "../app/blueprint-stack";
import { hclArgument } from "../hcl/binding-extension";
import { ValidationError } from "../input/validation-error";

/** Arguments of a {@link Subnet}: those of the binding and the IPAM ones. */
export interface SubnetConfig extends BindingConfig {
  /**
   * Planning pool that allocates the IPv4 CIDR. Needs aws 6.29.0, or 6.33.0 together with `cidrBlock`.
   * @default none; `cidrBlock` is used as is
   */
  readonly ipv4IpamPoolId?: string;
  /** Netmask length of the IPv4 CIDR that the pool chooses: 16 to 28. @default none; `cidrBlock` is set */
  readonly ipv4NetmaskLength?: number;
  /** Planning pool that allocates the IPv6 CIDR. Needs aws 6.29.0. @default none */
  readonly ipv6IpamPoolId?: string;
  /**
   * Netmask length of the IPv6 CIDR that the pool chooses: 44 to 64 in steps of 4. 64 needs aws 6.33.0.
   * @default none; `ipv6CidrBlock` is set, or the subnet has no IPv6
   */
  readonly ipv6NetmaskLength?: number;
}

interface IpamArguments {
  readonly ipv4_ipam_pool_id?: string;
  readonly ipv4_netmask_length?: number;
  readonly ipv6_ipam_pool_id?: string;
  readonly ipv6_netmask_length?: number;
}

/**
 * `aws_subnet` with the IPAM arguments that the installed binding lacks.
 *
 * @throws ValidationError for a netmask length that is out of bounds, has no pool or comes with a CIDR. The bounds are
 * those of EC2's CreateSubnet and of the provider
 */
export class Subnet extends Binding {
  private readonly ipam: IpamArguments;

  constructor(scope: Construct, id: string, config: SubnetConfig) {
    const { ipv4IpamPoolId, ipv4NetmaskLength, ipv6IpamPoolId, ipv6NetmaskLength, ...rest } = config;
    super(scope, id, rest);
    this.checkNetmask("ipv4", ipv4NetmaskLength, ipv4IpamPoolId, config.cidrBlock);
    this.checkNetmask("ipv6", ipv6NetmaskLength, ipv6IpamPoolId, config.ipv6CidrBlock);
    if (ipv4IpamPoolId !== undefined || ipv6IpamPoolId !== undefined)
      BlueprintStack.of(this).requireProvider("aws", "6.29.0");
    if (ipv4IpamPoolId !== undefined && config.cidrBlock !== undefined)
      BlueprintStack.of(this).requireProvider("aws", "6.33.0");
    if (ipv6NetmaskLength === 64) BlueprintStack.of(this).requireProvider("aws", "6.33.0");
    this.ipam = {
      ipv4_ipam_pool_id: ipv4IpamPoolId,
      ipv4_netmask_length: ipv4NetmaskLength,
      ipv6_ipam_pool_id: ipv6IpamPoolId,
      ipv6_netmask_length: ipv6NetmaskLength,
    };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...(super.synthesizeAttributes() as Record<string, unknown>), ...this.ipam };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    const added = Object.entries(this.ipam)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, hclArgument(value, typeof value === "number" ? "number" : "string")]);
    return { ...(super.synthesizeHclAttributes() as Record<string, unknown>), ...Object.fromEntries(added) };
  }

  private checkNetmask(
    family: "ipv4" | "ipv6",
    length: number | undefined,
    pool: string | undefined,
    cidr: string | undefined,
  ): void {
    if (length === undefined) return;
    const argument = `${family}NetmaskLength ${Token.isUnresolved(length) ? "" : length}`.trim();
    if (pool === undefined) {
      throw new ValidationError(this, `${argument} needs a pool; set ${family}IpamPoolId`);
    }
    if (cidr !== undefined) {
      throw new ValidationError(this, `${argument} and the CIDR ${cidr} are mutually exclusive; remove one`);
    }
    if (Token.isUnresolved(length)) return;
    const fits =
      family === "ipv4" ? length >= 16 && length <= 28 : length >= 44 && length <= 64 && length % 4 === 0;
    if (!Number.isInteger(length) || !fits) {
      const bounds = family === "ipv4" ? "16 to 28" : "44 to 64 in steps of 4";
      throw new ValidationError(this, `${argument} is out of bounds; use ${bounds}`);
    }
  }
}
