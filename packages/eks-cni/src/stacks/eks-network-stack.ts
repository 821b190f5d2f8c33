import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { BlueprintStack, type BlueprintStackProps } from "@cluster-ipam/blueprint-core";
import { IpamPoolLookup } from "@cluster-ipam/ipam/lookup";
import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { EksNetwork } from "../network/eks-network";
import { type EksNetworkProps } from "../network/eks-network-props";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { furtherCidrs } from "../network/attached-cidrs";
import { checkStackTags, SUBNET_ROLES } from "../subnets/network-tags";

/** Props of an {@link EksNetworkStack}. */
export interface EksNetworkStackProps extends BlueprintStackProps, Omit<EksNetworkProps, "ipamPoolIds"> {
  /**
   * Ids of IPAM pools by their keys in the plan.
   * @default looked up by key, in this account or shared with it
   */
  readonly ipamPoolIds?: Readonly<Record<string, string>>;
}

/** The network of one EKS cluster. It has its own lifecycle: a cluster can be replaced without it. */
export class EksNetworkStack extends BlueprintStack {
  /** The network's constructs, to add to it what another file of the program decides. */
  readonly network: EksNetwork;
  /** The network, for the cluster's stack. */
  readonly contract: EksNetworkContract;

  /** @throws ValidationError if the addresses break the rules of VPC or EKS */
  constructor(scope: Construct, id: string, props: EksNetworkStackProps) {
    super(scope, id, props);
    const { addresses, accountId, attachCidrs = [], prefixReservations = true } = props;
    this.serve(addresses.name, "network");
    checkStackTags(this, this.tags);
    awsProvider(this, { region: addresses.region, accountId });
    const network = (this.network = new EksNetwork(this, "network", {
      ...props,
      ipamPoolIds: this.poolIds(props),
    }));
    this.contract = {
      addresses,
      stack: id,
      ipFamily: network.ipFamily,
      cniVersion: network.cniVersion,
      nodeSubnetsExcluded: network.nodeSubnetsExcluded,
      ...(!prefixReservations && { prefixReservations }),
      ...(attachCidrs.length > 0 && { attachCidrs }),
      ...(accountId !== undefined && { accountId }),
    };
    this.writeOutputs(network);
  }

  private poolIds({ addresses, ipFamily = "ipv4", ipamPoolIds = {} }: EksNetworkStackProps) {
    const further = furtherCidrs(addresses, ipFamily).map(({ pool }) => pool);
    const ids = [...new Set([addresses.pool, ...further])].map((key): [string, string] => [
      key,
      ipamPoolIds[key] ?? new IpamPoolLookup(this, lookupId(addresses, key), { key }).poolId,
    ]);
    return Object.fromEntries(ids);
  }

  private writeOutputs({ vpc, subnets }: EksNetwork): void {
    new TerraformOutput(this, "vpc_id", { value: vpc.id });
    for (const role of SUBNET_ROLES) {
      const ids = subnets.of(role).map(({ resource }) => resource.id);
      new TerraformOutput(this, `${role.replace("-", "_")}_subnet_ids`, { value: ids });
    }
  }
}

/** Construct id of the lookup of a pool. */
function lookupId({ pool, podCidrs }: EksClusterAddresses, key: string): string {
  if (key === pool) return "ipam-pool";
  return key === podCidrs[0]?.pool ? "pod-ipam-pool" : `ipam-pool-${key.replaceAll("/", "-")}`;
}
