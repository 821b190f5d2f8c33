import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { textAt } from "../arguments";
import { ipamPools } from "./ec2/ipam-pool";
import {
  createIpamScope,
  deleteIpamScope,
  type IpamScope,
  ipamScopes,
  modifyIpamScope,
} from "./ec2/ipam-scope";
import { ipamArn } from "./ec2/scene";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_vpc_ipam_scope`. */
export const vpcIpamScope: ResourceModel = {
  create(scene, planned) {
    const { IpamScope: made } = createIpamScope(scene, {
      IpamId: textAt(planned, "ipam_id"),
      Description: textAt(planned, "description"),
      TagSpecifications: tagSpecifications("ipam-scope", planned),
    });
    return membersOf(scene, ipamScopes.get(scene, made?.IpamScopeId));
  },
  update(scene, prior, planned) {
    const IpamScopeId = String(prior["id"]);
    modifyIpamScope(scene, { IpamScopeId, Description: textAt(planned, "description") ?? "" });
    updateTags(scene, IpamScopeId, prior, planned);
    return membersOf(scene, ipamScopes.get(scene, IpamScopeId));
  },
  delete(scene, state) {
    deleteIpamScope(scene, { IpamScopeId: String(state["id"]) });
  },
  read(scene, state) {
    const found = ipamScopes.find(scene, String(state["id"]));
    return found ? { ...membersOf(scene, found), ...tagMembers(scene, found.IpamScopeId, state) } : null;
  },
  find(scene, id) {
    const found = ipamScopes.find(scene, id);
    return found && { ...membersOf(scene, found), ...tagMembers(scene, id, {}) };
  },
};

const membersOf = ({ transaction }: Scene, found: IpamScope): ObjectValue => ({
  id: found.IpamScopeId,
  arn: ipamArn(found, `ipam-scope/${found.IpamScopeId}`),
  description: found.Description || null,
  ipam_arn: ipamArn(found, `ipam/${found.IpamId}`),
  ipam_id: found.IpamId,
  ipam_scope_type: found.IpamScopeType,
  is_default: found.IsDefault,
  pool_count: transaction.filter(ipamPools, ({ IpamScopeId }) => IpamScopeId === found.IpamScopeId).length,
  region: found.Region,
});
