import { DataAwsSubnets, type DataAwsSubnetsFilter } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { type ZoneSubnet } from "@cluster-ipam/address-plan";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { type EksNetworkContract } from "./eks-network-contract";
import { CLUSTER_TAG, ROLE_TAG, type SubnetRole } from "../subnets/network-tags";

/** Props of an {@link EksNetworkLookup}. */
export interface EksNetworkLookupProps {
  readonly network: EksNetworkContract;
}

/** Finds a cluster's VPC and subnets by their tags, without the network's state. */
export class EksNetworkLookup extends Construct {
  /** The VPC: its id, its ARN and the account that owns it (`ownerId`). */
  readonly vpc: DataAwsVpc;
  private readonly clusterName: string;

  constructor(scope: Construct, id: string, props: EksNetworkLookupProps) {
    super(scope, id);
    this.clusterName = props.network.addresses.name;
    this.vpc = new DataAwsVpc(this, "vpc", { tags: { [CLUSTER_TAG]: this.clusterName } });
  }

  /** Looks up the ids of all subnets with a role. Call it once per role. */
  subnetIds(role: SubnetRole): string[] {
    return this.subnets(role, role).ids;
  }

  /**
   * Looks up the ids of planned node subnets by their CIDRs, so that the result does not change when the network gets
   * further node subnets. Call it once per id.
   *
   * @param id construct id of the lookup
   */
  nodeSubnetIds(id: string, planned: readonly ZoneSubnet[]): string[] {
    return this.subnets("node", id, { name: "cidr-block", values: planned.map(({ cidr }) => cidr) }).ids;
  }

  /** Looks up the id of a zone's planned pod subnet. Terraform fails if it does not exist. Call it once per zone. */
  podSubnetId({ zone, cidr }: ZoneSubnet): string {
    const planned = this.subnets("pod", `pod-${zone}`, { name: "cidr-block", values: [cidr] });
    return Fn.element(planned.ids, 0);
  }

  private subnets(role: SubnetRole, id: string, ...filters: readonly DataAwsSubnetsFilter[]): DataAwsSubnets {
    return new DataAwsSubnets(this, id, {
      filter: [{ name: "vpc-id", values: [this.vpc.id] }, ...filters],
      tags: { [CLUSTER_TAG]: this.clusterName, [ROLE_TAG]: role },
    });
  }
}
