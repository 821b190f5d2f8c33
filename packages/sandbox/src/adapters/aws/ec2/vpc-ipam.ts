import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  createIpam,
  deleteIpam,
  type Ipam,
  ipamArn,
  ipams,
  modifyIpam,
  scopesOf,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { booleanAt, objectsAt, stringAt } from "../../arguments";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_vpc_ipam`. */
export const vpcIpam: ResourceModel = {
  create(context, planned) {
    const { Ipam: made } = createIpam(context, {
      ...settingsIn(planned),
      OperatingRegions: regionsIn(planned),
      TagSpecifications: tagSpecifications("ipam", planned),
    });
    return toTerraformState(context, ipams.get(context, made?.IpamId));
  },
  update(context, prior, planned) {
    const IpamId = String(prior["id"]);
    const [before, after] = [regionsIn(prior), regionsIn(planned)].map((regions) =>
      regions.map(({ RegionName }) => RegionName),
    ) as [string[], string[]];
    const named = (names: readonly string[]) => names.map((RegionName) => ({ RegionName }));
    modifyIpam(context, {
      IpamId,
      ...settingsIn(planned),
      AddOperatingRegions: named(after.filter((name) => !before.includes(name))),
      RemoveOperatingRegions: named(before.filter((name) => !after.includes(name))),
    });
    updateTags(context, IpamId, prior, planned);
    return toTerraformState(context, ipams.get(context, IpamId));
  },
  delete(context, state) {
    deleteIpam(context, { IpamId: String(state["id"]), Cascade: booleanAt(state, "cascade") });
  },
  read(context, state) {
    const found = ipams.find(context, String(state["id"]));
    return found
      ? { ...toTerraformState(context, found), ...tagMembers(context, found.IpamId, state) }
      : null;
  },
  find(context, id) {
    const found = ipams.find(context, id);
    return found && { ...toTerraformState(context, found), ...tagMembers(context, id, {}) };
  },
};

const regionsIn = (values: ObjectValue): { readonly RegionName: string }[] =>
  objectsAt(values, "operating_regions").map((region) => ({ RegionName: String(region["region_name"]) }));

const settingsIn = (values: ObjectValue) =>
  ({
    Description: stringAt(values, "description") ?? "",
    EnablePrivateGua: booleanAt(values, "enable_private_gua"),
    MeteredAccount:
      stringAt(values, "metered_account") === "resource-owner" ? "resource-owner" : "ipam-owner",
    Tier: stringAt(values, "tier") === "free" ? "free" : "advanced",
  }) as const;

const toTerraformState = (context: ResourceContext, found: Ipam): ObjectValue => ({
  id: found.IpamId,
  arn: ipamArn(found, `ipam/${found.IpamId}`),
  default_resource_discovery_association_id: found.DefaultResourceDiscoveryAssociationId,
  default_resource_discovery_id: found.DefaultResourceDiscoveryId,
  description: found.Description || null,
  enable_private_gua: found.EnablePrivateGua,
  metered_account: found.MeteredAccount,
  operating_regions: found.OperatingRegions.map((region_name) => ({ region_name })),
  private_default_scope_id: found.PrivateDefaultScopeId,
  public_default_scope_id: found.PublicDefaultScopeId,
  region: found.Region,
  scope_count: scopesOf(context, found.IpamId).length,
  tier: found.Tier,
});
