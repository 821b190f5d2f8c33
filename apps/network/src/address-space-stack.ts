import { type AddressPlan, type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { BlueprintStack, standardTags } from "@cluster-ipam/blueprint-core";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { AwsIpam, AwsIpamPools, type PoolShareOptions } from "@cluster-ipam/ipam/aws";
import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";

/** Props of an {@link AddressSpaceStack}. */
export interface AddressSpaceStackProps {
  readonly addresses: AddressPlan;
  /** AWS account that runs the IPAM. */
  readonly awsAccountId: string;
  /** Account of every environment in the plan. It may allocate from the environment's application pools. */
  readonly environmentAccounts: Readonly<Record<string, string>>;
  /** Region in which the IPAM is managed. One of the plan's AWS Regions. */
  readonly homeRegion: string;
  readonly deletionProtection: boolean;
}

/** The address space of the organisation: the IPAM, its pools and their RAM shares. */
export class AddressSpaceStack extends BlueprintStack {
  /** @throws ValidationError if the pool tree breaks IPAM's rules */
  constructor(scope: Construct, id: string, props: AddressSpaceStackProps) {
    super(scope, id, { tags: standardTags({ environment: "network" }) });
    const pools = props.addresses.awsPools();
    awsProvider(this, { region: props.homeRegion, accountId: props.awsAccountId });
    const ipam = new AwsIpam(this, "ipam", {
      homeRegion: props.homeRegion,
      operatingRegions: operatingRegions(props.homeRegion, pools),
      deletionProtection: props.deletionProtection,
    });
    const tree = new AwsIpamPools(this, "pools", {
      ipam,
      pools,
      shares: shares(pools, props),
      deletionProtection: props.deletionProtection,
    });
    new TerraformOutput(this, "ipam_id", { value: ipam.ipamId });
    new TerraformOutput(this, "pool_ids", {
      value: Object.fromEntries(pools.map(({ key }) => [key, tree.pool(key).poolId])),
    });
  }
}

/** An environment's account allocates from the pools with rules. The pools above them are not shared. */
function shares(pools: readonly IpamPoolPlan[], props: AddressSpaceStackProps): PoolShareOptions[] {
  return pools.flatMap(({ key, environment, rules }) => {
    if (environment === undefined || rules === undefined) return [];
    const account = props.environmentAccounts[environment]!;
    return account === props.awsAccountId ? [] : [{ pool: key, principals: [account] }];
  });
}

function operatingRegions(homeRegion: string, pools: readonly IpamPoolPlan[]): string[] {
  const locales = pools.flatMap(({ locale }) => (locale === undefined ? [] : [locale]));
  return [...new Set([homeRegion, ...locales])].sort();
}
