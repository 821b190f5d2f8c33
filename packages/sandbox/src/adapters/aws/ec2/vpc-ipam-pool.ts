import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  createIpamPool,
  deleteIpamPool,
  ipamArn,
  type IpamPool,
  ipamPools,
  modifyIpamPool,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceModel } from "../../resource-model";
import { booleanAt, mapAt, numberAt, objectsAt, stringAt } from "../../arguments";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/**
 * `aws_vpc_ipam_pool`. The provider sends only what is set, so that a description and `auto_import` cannot be taken back:
 * each plan shows them again. What it does with netmask lengths is not seen: it does not read them.
 */
export const vpcIpamPool: ResourceModel = {
  unread: [
    "allocation_default_netmask_length",
    "allocation_max_netmask_length",
    "allocation_min_netmask_length",
  ],
  create(context, planned) {
    const [source] = objectsAt(planned, "source_resource");
    const { IpamPool: made } = createIpamPool(context, {
      ...rulesIn(planned),
      IpamScopeId: stringAt(planned, "ipam_scope_id"),
      AddressFamily: stringAt(planned, "address_family") === "ipv6" ? "ipv6" : "ipv4",
      AllocationResourceTags: pairs(mapAt(planned, "allocation_resource_tags")),
      AwsService: stringAt(planned, "aws_service") ? "ec2" : undefined,
      Locale: stringAt(planned, "locale"),
      PubliclyAdvertisable:
        stringAt(planned, "address_family") === "ipv6"
          ? booleanAt(planned, "publicly_advertisable")
          : undefined,
      SourceIpamPoolId: stringAt(planned, "source_ipam_pool_id"),
      SourceResource: source && {
        ResourceId: stringAt(source, "resource_id"),
        ResourceOwner: stringAt(source, "resource_owner"),
        ResourceRegion: stringAt(source, "resource_region"),
        ResourceType: "vpc",
      },
      TagSpecifications: tagSpecifications("ipam-pool", planned),
    });
    return toTerraformState(ipamPools.get(context, made?.IpamPoolId));
  },
  update(context, prior, planned) {
    const IpamPoolId = String(prior["id"]);
    const [before, after] = [prior, planned].map((values) => mapAt(values, "allocation_resource_tags"));
    modifyIpamPool(context, {
      ...rulesIn(planned),
      IpamPoolId,
      AddAllocationResourceTags: pairs(after ?? {}),
      RemoveAllocationResourceTags: pairs(before ?? {}).filter(({ Key }) => !(Key in (after ?? {}))),
    });
    updateTags(context, IpamPoolId, prior, planned);
    return toTerraformState(ipamPools.get(context, IpamPoolId));
  },
  delete(context, state) {
    deleteIpamPool(context, { IpamPoolId: String(state["id"]), Cascade: booleanAt(state, "cascade") });
  },
  read(context, state) {
    const found = ipamPools.find(context, String(state["id"]));
    return found ? { ...toTerraformState(found), ...tagMembers(context, found.IpamPoolId, state) } : null;
  },
  find(context, id) {
    const found = ipamPools.find(context, id);
    return found && { ...toTerraformState(found), ...tagMembers(context, id, {}) };
  },
};

const rulesIn = (values: ObjectValue) => ({
  AllocationDefaultNetmaskLength: numberAt(values, "allocation_default_netmask_length"),
  AllocationMaxNetmaskLength: numberAt(values, "allocation_max_netmask_length"),
  AllocationMinNetmaskLength: numberAt(values, "allocation_min_netmask_length"),
  AutoImport: booleanAt(values, "auto_import") || undefined,
  Description: stringAt(values, "description"),
});

/** The members of `aws_vpc_ipam_pool` that the provider reads. The data source has them, too. */
export function toTerraformState(found: IpamPool): ObjectValue {
  const required = found.AllocationResourceTags;
  const source = found.SourceResource;
  return {
    id: found.IpamPoolId,
    address_family: found.AddressFamily,
    allocation_resource_tags: Object.keys(required).length > 0 ? { ...required } : null,
    arn: ipamArn(found, `ipam-pool/${found.IpamPoolId}`),
    auto_import: found.AutoImport,
    aws_service: found.AwsService ?? null,
    description: found.Description || null,
    ipam_scope_id: found.IpamScopeId,
    ipam_scope_type: found.IpamScopeType,
    locale: found.Locale,
    pool_depth: found.PoolDepth,
    publicly_advertisable: found.PubliclyAdvertisable ?? null,
    region: found.Region,
    source_ipam_pool_id: found.SourceIpamPoolId ?? null,
    source_resource: source
      ? [
          {
            resource_id: source.ResourceId,
            resource_owner: source.ResourceOwner,
            resource_region: source.ResourceRegion,
            resource_type: source.ResourceType,
          },
        ]
      : [],
    state: found.State ?? "create-complete",
  };
}

const pairs = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
