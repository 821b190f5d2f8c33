import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel } from "../resource-model";
import { booleanAt, mapAt, numberAt, objectsAt, textAt } from "../arguments";
import { createIpamPool, deleteIpamPool, type IpamPool, ipamPools, modifyIpamPool } from "./ec2/ipam-pool";
import { ipamArn } from "./ec2/scene";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_vpc_ipam_pool`. */
export const vpcIpamPool: ResourceModel = {
  create(scene, planned) {
    const [source] = objectsAt(planned, "source_resource");
    const { IpamPool: made } = createIpamPool(scene, {
      ...rulesIn(planned),
      IpamScopeId: textAt(planned, "ipam_scope_id"),
      AddressFamily: textAt(planned, "address_family") === "ipv6" ? "ipv6" : "ipv4",
      AllocationResourceTags: pairs(mapAt(planned, "allocation_resource_tags")),
      AwsService: textAt(planned, "aws_service") ? "ec2" : undefined,
      Locale: textAt(planned, "locale"),
      PubliclyAdvertisable: booleanAt(planned, "publicly_advertisable"),
      SourceIpamPoolId: textAt(planned, "source_ipam_pool_id"),
      SourceResource: source && {
        ResourceId: textAt(source, "resource_id"),
        ResourceOwner: textAt(source, "resource_owner"),
        ResourceRegion: textAt(source, "resource_region"),
        ResourceType: "vpc",
      },
      TagSpecifications: tagSpecifications("ipam-pool", planned),
    });
    return membersOf(ipamPools.get(scene, made?.IpamPoolId));
  },
  update(scene, prior, planned) {
    const IpamPoolId = String(prior["id"]);
    const [before, after] = [prior, planned].map((values) => mapAt(values, "allocation_resource_tags"));
    modifyIpamPool(scene, {
      ...rulesIn(planned),
      IpamPoolId,
      ClearAllocationDefaultNetmaskLength:
        numberAt(planned, "allocation_default_netmask_length") === undefined,
      AddAllocationResourceTags: pairs(after ?? {}),
      RemoveAllocationResourceTags: pairs(before ?? {}).filter(({ Key }) => !(Key in (after ?? {}))),
    });
    updateTags(scene, IpamPoolId, prior, planned);
    return membersOf(ipamPools.get(scene, IpamPoolId));
  },
  delete(scene, state) {
    deleteIpamPool(scene, { IpamPoolId: String(state["id"]), Cascade: booleanAt(state, "cascade") });
  },
  read(scene, state) {
    const found = ipamPools.find(scene, String(state["id"]));
    return found ? { ...membersOf(found), ...tagMembers(scene, found.IpamPoolId, state) } : null;
  },
  find(scene, id) {
    const found = ipamPools.find(scene, id);
    return found && { ...membersOf(found), ...tagMembers(scene, id, {}) };
  },
};

const rulesIn = (values: ObjectValue) => ({
  AllocationDefaultNetmaskLength: numberAt(values, "allocation_default_netmask_length"),
  AllocationMaxNetmaskLength: numberAt(values, "allocation_max_netmask_length"),
  AllocationMinNetmaskLength: numberAt(values, "allocation_min_netmask_length"),
  AutoImport: booleanAt(values, "auto_import"),
  Description: textAt(values, "description") ?? "",
});

/** The members of `aws_vpc_ipam_pool` that EC2 knows, which are also those of the data source. */
export function membersOf(found: IpamPool): ObjectValue {
  const required = found.AllocationResourceTags;
  const source = found.SourceResource;
  return {
    id: found.IpamPoolId,
    address_family: found.AddressFamily,
    allocation_default_netmask_length: found.AllocationDefaultNetmaskLength ?? null,
    allocation_max_netmask_length: found.AllocationMaxNetmaskLength ?? null,
    allocation_min_netmask_length: found.AllocationMinNetmaskLength ?? null,
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
    state: "create-complete",
  };
}

const pairs = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
