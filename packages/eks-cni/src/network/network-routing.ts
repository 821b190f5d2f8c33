import { type EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { type InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route, type RouteConfig } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { type Vpc } from "@cdktf/provider-aws/lib/vpc";
import { type EksClusterAddresses, Prefix } from "@cluster-ipam/address-plan";
import { cidrSlug, literalCidr, ValidationError } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { type NatGateways } from "./eks-network-props";
import { type NetworkSubnet, type NetworkSubnets } from "./network-subnets";
import { CLUSTER_TAG, ROLE_TAG } from "../subnets/network-tags";
import { networkZones } from "../subnets/planned-subnets";

/** Props of {@link NetworkRouting}. */
export interface NetworkRoutingProps {
  readonly addresses: EksClusterAddresses;
  readonly vpc: Vpc;
  readonly subnets: NetworkSubnets;
  readonly natGateways: NatGateways;
  readonly internetGateway: InternetGateway;
  /** Egress for IPv6. @default none; the network is IPv4 only */
  readonly egressOnlyGateway?: EgressOnlyInternetGateway;
}

/** Where a route leads: exactly one of them. */
export type RouteTarget = Pick<
  RouteConfig,
  "transitGatewayId" | "vpcPeeringConnectionId" | "networkInterfaceId" | "vpcEndpointId" | "coreNetworkArn"
>;

type Target = Pick<RouteConfig, "gatewayId" | "natGatewayId" | "egressOnlyGatewayId">;

/**
 * Route tables of a cluster's VPC: one public, and one private per zone. Every subnet is associated explicitly; the
 * VPC's main route table stays empty.
 */
export class NetworkRouting extends Construct {
  /** The private route tables, one per zone. */
  readonly privateRouteTables: readonly RouteTable[];
  readonly publicRouteTable: RouteTable;
  /** The NAT gateways, by zone. */
  readonly natGateways: ReadonlyMap<string, NatGateway>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkRoutingProps,
  ) {
    super(scope, id);
    const { addresses, subnets, internetGateway, egressOnlyGateway } = props;

    const publicTable = this.table("public");
    this.route(publicTable, "ipv4", { gatewayId: internetGateway.id });
    if (egressOnlyGateway) this.route(publicTable, "ipv6", { gatewayId: internetGateway.id });
    for (const subnet of subnets.of("public")) this.associate(publicTable, subnet);

    const nats = this.createNatGateways();
    this.publicRouteTable = publicTable;
    this.natGateways = nats;
    this.privateRouteTables = networkZones(addresses, subnets.all).map((zone) => {
      const table = this.table(`private-${zone}`);
      const nat = nats.get(zone) ?? [...nats.values()][0];
      if (nat) this.route(table, "ipv4", { natGatewayId: nat.id });
      if (egressOnlyGateway) this.route(table, "ipv6", { egressOnlyGatewayId: egressOnlyGateway.id });
      for (const subnet of subnets.all)
        if (subnet.zone === zone && subnet.role !== "public") this.associate(table, subnet);
      return table;
    });
  }

  /** By zone. A single gateway is in the zone that comes first in the plan, where it stays when zones are added. */
  private createNatGateways(): ReadonlyMap<string, NatGateway> {
    const { addresses, natGateways, subnets, internetGateway } = this.props;
    const count = { none: 0, single: 1, "per-zone": undefined }[natGateways];
    const gateways = subnets
      .of("public")
      .slice(0, count)
      .map(({ zone, resource }): [string, NatGateway] => {
        const tags = { Name: `${addresses.name}-${zone}` };
        const address = new Eip(this, `nat-address-${zone}`, { domain: "vpc", tags });
        const gateway = new NatGateway(this, `nat-${zone}`, {
          allocationId: address.allocationId,
          subnetId: resource.id,
          tags,
          dependsOn: [internetGateway],
        });
        return [zone, gateway];
      });
    return new Map(gateways);
  }

  /**
   * Adds a route to every private route table, for what the nodes and pods reach by another way than the NAT gateways.
   *
   * @param cidr destination, IPv4
   * @param target one of them
   * @throws ValidationError for an invalid or overlapping CIDR, and for a target that is none or several
   */
  addRoute(cidr: string, target: RouteTarget): readonly Route[] {
    const destination = literalCidr(this, "the route's CIDR", cidr);
    const { addresses } = this.props;
    const own = [
      addresses.vpc,
      ...[...addresses.nodeCidrs, ...addresses.podCidrs].map((block) => block.cidr),
    ];
    const inside = own.find((block) => Prefix.parse(block).contains(destination));
    if (inside !== undefined)
      throw new ValidationError(
        this,
        `${cidr} is in ${inside} of this VPC, where the local route wins; route a range outside the VPC`,
      );
    const set = Object.values(target).filter((id) => id !== undefined);
    if (set.length !== 1)
      throw new ValidationError(this, `the route to ${cidr} has ${set.length} targets; set exactly one`);
    if (destination.length === 0 && this.natGateways.size > 0)
      throw new ValidationError(
        this,
        `the NAT gateways have the route to ${cidr}; set natGateways to "none", or route a smaller range`,
      );
    return this.privateRouteTables.map((table) => {
      const id = `${table.node.id}-${cidrSlug(cidr)}`;
      if (this.node.tryFindChild(id) !== undefined)
        throw new ValidationError(this, `there is a route to ${cidr} already; remove the second one`);
      return new Route(this, id, { routeTableId: table.id, destinationCidrBlock: cidr, ...target });
    });
  }

  private table(name: string): RouteTable {
    const { addresses, vpc } = this.props;
    return new RouteTable(this, name, {
      vpcId: vpc.id,
      tags: {
        Name: `${addresses.name}-${name}`,
        [CLUSTER_TAG]: addresses.name,
        [ROLE_TAG]: name.startsWith("public") ? "public" : "private",
      },
    });
  }

  private route(table: RouteTable, family: "ipv4" | "ipv6", target: Target): void {
    new Route(this, `${table.node.id}-${family}`, {
      routeTableId: table.id,
      ...(family === "ipv4" ? { destinationCidrBlock: "0.0.0.0/0" } : { destinationIpv6CidrBlock: "::/0" }),
      ...target,
    });
  }

  private associate(table: RouteTable, { id, resource }: NetworkSubnet): void {
    new RouteTableAssociation(this, `${id}-association`, { routeTableId: table.id, subnetId: resource.id });
  }
}
