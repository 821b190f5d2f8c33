import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { createTags, deleteTags, tagValues } from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceModel } from "../../resource-model";

/** `aws_ec2_tag`: one tag of a resource that is not managed with it. */
export const ec2Tag: ResourceModel = {
  create(context, planned) {
    const { resource, key, value } = partsOf(planned);
    createTags(context, { Resources: [resource], Tags: [{ Key: key, Value: value }] });
    return { id: `${resource},${key}` };
  },
  update(context, _prior, planned) {
    const { resource, key, value } = partsOf(planned);
    createTags(context, { Resources: [resource], Tags: [{ Key: key, Value: value }] });
    return {};
  },
  delete(context, state) {
    const { resource, key } = partsOf(state);
    if (key in tagValues(context.transaction, resource))
      deleteTags(context, { Resources: [resource], Tags: [{ Key: key }] });
  },
  read({ transaction }, state) {
    const { resource, key } = partsOf(state);
    const value = tagValues(transaction, resource)[key];
    return value === undefined ? null : { value };
  },
  find({ transaction, caller }, id) {
    const comma = id.indexOf(",");
    const [resource, key] = [id.slice(0, comma), id.slice(comma + 1)];
    const value = tagValues(transaction, resource)[key];
    return value === undefined ? undefined : { resource_id: resource, key, value, region: caller.region };
  },
};

const partsOf = (values: ObjectValue) => ({
  resource: String(values["resource_id"]),
  key: String(values["key"]),
  value: String(values["value"]),
});
