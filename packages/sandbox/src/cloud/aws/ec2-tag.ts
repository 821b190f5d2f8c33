import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel } from "../resource-model";
import { createTags, deleteTags } from "./ec2/tag-operations";
import { tagValues } from "./ec2/tags";

/** `aws_ec2_tag`: one tag of a resource that something else made. */
export const ec2Tag: ResourceModel = {
  create(scene, planned) {
    const { resource, key, value } = partsOf(planned);
    createTags(scene, { Resources: [resource], Tags: [{ Key: key, Value: value }] });
    return { id: `${resource},${key}` };
  },
  update(scene, _prior, planned) {
    const { resource, key, value } = partsOf(planned);
    createTags(scene, { Resources: [resource], Tags: [{ Key: key, Value: value }] });
    return {};
  },
  delete(scene, state) {
    const { resource, key } = partsOf(state);
    const stands = key in tagValues(scene.transaction, resource);
    if (stands) deleteTags(scene, { Resources: [resource], Tags: [{ Key: key }] });
  },
  read({ transaction }, state) {
    const { resource, key } = partsOf(state);
    const value = tagValues(transaction, resource)[key];
    return value === undefined ? null : { value };
  },
  find({ transaction, place }, id) {
    const comma = id.indexOf(",");
    const [resource, key] = [id.slice(0, comma), id.slice(comma + 1)];
    const value = tagValues(transaction, resource)[key];
    return value === undefined ? undefined : { resource_id: resource, key, value, region: place.region };
  },
};

const partsOf = (values: ObjectValue) => ({
  resource: String(values["resource_id"]),
  key: String(values["key"]),
  value: String(values["value"]),
});
