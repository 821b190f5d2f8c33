import { type Filter, type Tag } from "@aws-sdk/client-ec2";
import { DiagnosticError, type ObjectValue, type Value } from "@cluster-ipam/terraform-provider";
import { ServiceError } from "@cluster-ipam/cloud-model";
import {
  arnOf,
  describeIpamPools,
  describeSubnets,
  describeVpcs,
  mainOf,
  subnets,
  visiblePool,
  vpcs,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type Lookup, type Lookups, type ResourceContext } from "../adapters/resource-model";
import { booleanAt, mapAt, objectsAt, stringAt, stringsAt } from "../adapters/arguments";
import { toTerraformState as subnetMembers } from "../adapters/aws/ec2/subnet";
import { toTerraformState as poolMembers } from "../adapters/aws/ec2/vpc-ipam-pool";

/** A filter for each argument that is set, by filter name. */
function filtersFrom(config: ObjectValue, named: { readonly [argument: string]: string }): Filter[] {
  const text = (argument: string) => stringAt(config, argument) ?? booleanAt(config, argument)?.toString();
  return [
    ...objectsAt(config, "filter").map((filter) => ({
      Name: stringAt(filter, "name"),
      Values: [...stringsAt(filter, "values")],
    })),
    ...Object.entries(mapAt(config, "tags")).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] })),
    ...Object.entries(named).flatMap(([argument, Name]) => {
      const value = text(argument);
      return value === undefined ? [] : [{ Name, Values: [value] }];
    }),
  ];
}

const idsFrom = (id: string | undefined): string[] | undefined => (id === undefined ? undefined : [id]);

/** The only match. @throws DiagnosticError when several match */
function only<T>(noun: string, matched: readonly T[] | undefined): T | undefined {
  if (matched && matched.length > 1)
    throw new DiagnosticError({
      summary: `multiple ${noun}s matched; use additional constraints to reduce matches to a single ${noun}`,
    });
  return matched?.[0];
}

/** The result of a search, or undefined when it names an id that does not exist. */
function found<T>(search: () => T): T | undefined {
  try {
    return search();
  } catch (error) {
    if (error instanceof ServiceError && error.code.endsWith(".NotFound")) return undefined;
    throw error;
  }
}

const tagMap = (tags: readonly Tag[] = []): ObjectValue =>
  Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));

const vpcLookup: Lookup = (context, config) => {
  const answer = found(() =>
    describeVpcs(context, {
      VpcIds: idsFrom(stringAt(config, "id")),
      Filters: filtersFrom(config, {
        cidr_block: "cidr",
        default: "is-default",
        dhcp_options_id: "dhcp-options-id",
        state: "state",
      }),
    }),
  );
  const shown = only("EC2 VPC", answer?.Vpcs);
  if (!shown) return undefined;
  const vpc = vpcs.get(context, shown.VpcId);
  const [ipv6] = vpc.Ipv6Cidrs;
  return {
    id: vpc.VpcId,
    arn: arnOf(vpc, `vpc/${vpc.VpcId}`),
    cidr_block: vpc.Cidrs[0]?.CidrBlock ?? "",
    cidr_block_associations: vpc.Cidrs.map(({ AssociationId, CidrBlock }) => ({
      association_id: AssociationId,
      cidr_block: CidrBlock,
      state: "associated",
    })),
    default: false,
    dhcp_options_id: vpc.DhcpOptionsId,
    enable_dns_hostnames: vpc.EnableDnsHostnames,
    enable_dns_support: vpc.EnableDnsSupport,
    enable_network_address_usage_metrics: vpc.EnableNetworkAddressUsageMetrics,
    instance_tenancy: vpc.InstanceTenancy,
    ipv6_association_id: ipv6?.AssociationId ?? "",
    ipv6_cidr_block: ipv6?.Ipv6CidrBlock ?? "",
    main_route_table_id: mainOf(context.transaction, vpc.VpcId)?.RouteTableId ?? "",
    owner_id: vpc.OwnerId,
    region: vpc.Region,
    state: "available",
    tags: tagMap(shown.Tags),
  };
};

const subnetLookup: Lookup = (context, config) => {
  const answer = found(() =>
    describeSubnets(context, {
      SubnetIds: idsFrom(stringAt(config, "id")),
      Filters: filtersFrom(config, {
        availability_zone: "availability-zone",
        availability_zone_id: "availability-zone-id",
        cidr_block: "cidr-block",
        ipv6_cidr_block: "ipv6-cidr-block-association.ipv6-cidr-block",
        state: "state",
        vpc_id: "vpc-id",
        ...(config["default_for_az"] === true && { default_for_az: "default-for-az" }),
      }),
    }),
  );
  const shown = only("EC2 Subnet", answer?.Subnets);
  return (
    shown && {
      ...subnetMembers(subnets.get(context, shown.SubnetId)),
      available_ip_address_count: shown.AvailableIpAddressCount ?? 0,
      default_for_az: false,
      map_customer_owned_ip_on_launch: false,
      state: "available",
      tags: tagMap(shown.Tags),
    }
  );
};

/** An empty list is a result when the VPC exists. */
const subnetsLookup: Lookup = (context, config) => {
  const filters = filtersFrom(config, {});
  const ids = (describeSubnets(context, { Filters: filters }).Subnets ?? []).map(
    ({ SubnetId = "" }) => SubnetId,
  );
  const vpcIds = filters.find(({ Name }) => Name === "vpc-id")?.Values ?? [];
  if (ids.length === 0 && !vpcIds.some((id) => vpcs.find(context, id))) return undefined;
  return { id: context.caller.region, ids };
};

const poolIn = (
  context: ResourceContext,
  id: string,
  tags: readonly Tag[] | undefined,
): { readonly [name: string]: Value } => {
  const pool = visiblePool(context, id);
  const { region: _, ...members } = poolMembers(pool);
  return {
    ...members,
    allocation_default_netmask_length: pool.AllocationDefaultNetmaskLength ?? null,
    allocation_max_netmask_length: pool.AllocationMaxNetmaskLength ?? null,
    allocation_min_netmask_length: pool.AllocationMinNetmaskLength ?? null,
    tags: tagMap(tags),
  };
};

const poolLookup: Lookup = (context, config) => {
  const answer = found(() =>
    describeIpamPools(context, {
      IpamPoolIds: idsFrom(stringAt(config, "ipam_pool_id") ?? stringAt(config, "id")),
      Filters: filtersFrom({ filter: config["filter"] ?? null }, {}),
    }),
  );
  const shown = only("IPAM Pool", answer?.IpamPools);
  const id = shown?.IpamPoolId ?? "";
  return shown && { ...poolIn(context, id, shown.Tags), ipam_pool_id: id, region: context.caller.region };
};

const poolsLookup: Lookup = (context, config) => {
  const { IpamPools = [] } = describeIpamPools(context, { Filters: filtersFrom(config, {}) });
  if (IpamPools.length === 0) return undefined;
  return {
    id: context.caller.region,
    ipam_pools: IpamPools.map(({ IpamPoolId = "", Tags }) => {
      const { source_resource: _, ...members } = poolIn(context, IpamPoolId, Tags);
      return members;
    }),
  };
};

/** Data sources of EC2. */
export const ec2Lookups: Lookups = {
  aws_subnet: subnetLookup,
  aws_subnets: subnetsLookup,
  aws_vpc: vpcLookup,
  aws_vpc_ipam_pool: poolLookup,
  aws_vpc_ipam_pools: poolsLookup,
};
