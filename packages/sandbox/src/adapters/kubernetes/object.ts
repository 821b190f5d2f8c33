import {
  createObject,
  deleteObject,
  hasObject,
  isReachable,
  replaceObject,
} from "@cluster-ipam/cloud-model/kubernetes";
import { resolveUnknown } from "../../computed-values/resolve-unknown";
import { ConfigReader } from "../config-reader";
import { type ResourceModel } from "../resource-model";
import { createdObject } from "./object-name";

/** A type that creates an object of a kind, in a namespace that must exist. */
export const object = (kind: string): ResourceModel => ({
  create(context, planned) {
    const metadata = new ConfigReader(planned).block("metadata");
    const { name, ...object } = createdObject(kind, planned);
    const made = createObject(context, {
      ...object,
      name: name || undefined,
      generateName: metadata.text("generate_name"),
    });
    return { metadata: resolveUnknown(planned["metadata"], { name: made.name }) };
  },
  update(context, prior) {
    replaceObject(context, createdObject(kind, prior));
    return {};
  },
  delete(context, state) {
    const name = createdObject(kind, state);
    // An object that went with its namespace is deleted already.
    if (!isReachable(context) || hasObject(context, name)) deleteObject(context, name);
  },
  read: (context, state) => (hasObject(context, createdObject(kind, state)) ? {} : null),
});
