import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  createIpamScope,
  deleteIpamScope,
  ipamArn,
  ipamPools,
  type IpamScope,
  ipamScopes,
  modifyIpamScope,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { stringAt } from "../../arguments";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_vpc_ipam_scope`. */
export const vpcIpamScope: ResourceModel = {
  create(context, planned) {
    const { IpamScope: made } = createIpamScope(context, {
      IpamId: stringAt(planned, "ipam_id"),
      Description: stringAt(planned, "description"),
      TagSpecifications: tagSpecifications("ipam-scope", planned),
    });
    return toTerraformState(context, ipamScopes.get(context, made?.IpamScopeId));
  },
  update(context, prior, planned) {
    const IpamScopeId = String(prior["id"]);
    // The provider sends no empty description, so that the old one stays and the next plan shows it again.
    modifyIpamScope(context, { IpamScopeId, Description: stringAt(planned, "description") });
    updateTags(context, IpamScopeId, prior, planned);
    return toTerraformState(context, ipamScopes.get(context, IpamScopeId));
  },
  delete(context, state) {
    deleteIpamScope(context, { IpamScopeId: String(state["id"]) });
  },
  read(context, state) {
    const found = ipamScopes.find(context, String(state["id"]));
    return found
      ? { ...toTerraformState(context, found), ...tagMembers(context, found.IpamScopeId, state) }
      : null;
  },
  find(context, id) {
    const found = ipamScopes.find(context, id);
    return found && { ...toTerraformState(context, found), ...tagMembers(context, id, {}) };
  },
};

const toTerraformState = ({ transaction }: ResourceContext, found: IpamScope): ObjectValue => ({
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
