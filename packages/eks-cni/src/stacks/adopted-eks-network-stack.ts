import { BlueprintStack, type BlueprintStackProps } from "@cluster-ipam/blueprint-core";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { IpamPoolLookup } from "@cluster-ipam/ipam/lookup";
import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { AdoptedEksNetwork, type AdoptedEksNetworkProps } from "../network/adopted-eks-network";
import { furtherCidrs } from "../network/attached-cidrs";
import { checkStackTags } from "../subnets/network-tags";

/** Props of an {@link AdoptedEksNetworkStack}. */
export interface AdoptedEksNetworkStackProps
  extends BlueprintStackProps, Omit<AdoptedEksNetworkProps, "ipamPoolIds"> {
  /**
   * Ids of IPAM pools by their keys in the plan.
   * @default looked up by key, in this account or shared with it
   */
  readonly ipamPoolIds?: Readonly<Record<string, string>>;
}

/** The network of an EKS cluster from before the plan, imported as it is. The cluster stays where it is managed. */
export class AdoptedEksNetworkStack extends BlueprintStack {
  /** @throws ValidationError if the plan does not have what is to be imported */
  constructor(scope: Construct, id: string, props: AdoptedEksNetworkStackProps) {
    super(scope, id, props);
    const { addresses, existing, ipamPoolIds = {} } = props;
    this.serve(addresses.name, "network");
    checkStackTags(this, this.tags);
    awsProvider(this, { region: addresses.region, accountId: existing.accountId });
    const keys = new Set([addresses.pool, ...furtherCidrs(addresses, "ipv4").map(({ pool }) => pool)]);
    const ids = [...keys].map((key): [string, string] => [
      key,
      ipamPoolIds[key] ?? new IpamPoolLookup(this, `ipam-pool-${key.replaceAll("/", "-")}`, { key }).poolId,
    ]);
    const network = new AdoptedEksNetwork(this, "network", {
      ...props,
      ipamPoolIds: Object.fromEntries(ids),
    });
    new TerraformOutput(this, "vpc_id", { value: network.vpc.id });
  }
}
