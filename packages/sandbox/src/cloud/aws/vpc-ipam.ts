import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { booleanAt, objectsAt, textAt } from "../arguments";
import { createIpam, deleteIpam, type Ipam, ipams, modifyIpam } from "./ec2/ipam";
import { scopesOf } from "./ec2/ipam-scope";
import { ipamArn } from "./ec2/scene";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_vpc_ipam`. */
export const vpcIpam: ResourceModel = {
  create(scene, planned) {
    const { Ipam: made } = createIpam(scene, {
      ...settingsIn(planned),
      OperatingRegions: regionsIn(planned),
      TagSpecifications: tagSpecifications("ipam", planned),
    });
    return membersOf(scene, ipams.get(scene, made?.IpamId));
  },
  update(scene, prior, planned) {
    const IpamId = String(prior["id"]);
    const [before, after] = [regionsIn(prior), regionsIn(planned)].map((regions) =>
      regions.map(({ RegionName }) => RegionName),
    ) as [string[], string[]];
    const named = (names: readonly string[]) => names.map((RegionName) => ({ RegionName }));
    modifyIpam(scene, {
      IpamId,
      ...settingsIn(planned),
      AddOperatingRegions: named(after.filter((name) => !before.includes(name))),
      RemoveOperatingRegions: named(before.filter((name) => !after.includes(name))),
    });
    updateTags(scene, IpamId, prior, planned);
    return membersOf(scene, ipams.get(scene, IpamId));
  },
  delete(scene, state) {
    deleteIpam(scene, { IpamId: String(state["id"]), Cascade: booleanAt(state, "cascade") });
  },
  read(scene, state) {
    const found = ipams.find(scene, String(state["id"]));
    return found ? { ...membersOf(scene, found), ...tagMembers(scene, found.IpamId, state) } : null;
  },
  find(scene, id) {
    const found = ipams.find(scene, id);
    return found && { ...membersOf(scene, found), ...tagMembers(scene, id, {}) };
  },
};

const regionsIn = (values: ObjectValue): { readonly RegionName: string }[] =>
  objectsAt(values, "operating_regions").map((region) => ({ RegionName: String(region["region_name"]) }));

const settingsIn = (values: ObjectValue) =>
  ({
    Description: textAt(values, "description") ?? "",
    EnablePrivateGua: booleanAt(values, "enable_private_gua"),
    MeteredAccount: textAt(values, "metered_account") === "resource-owner" ? "resource-owner" : "ipam-owner",
    Tier: textAt(values, "tier") === "free" ? "free" : "advanced",
  }) as const;

const membersOf = (scene: Scene, found: Ipam): ObjectValue => ({
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
  scope_count: scopesOf(scene, found.IpamId).length,
  tier: found.Tier,
});
