import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { type RequestContext, ServiceError } from "@cluster-ipam/cloud-model";
import {
  isReachable,
  type ObjectName,
  patchEnvironment,
  patchObject,
} from "@cluster-ipam/cloud-model/kubernetes";
import { ConfigReader } from "../config-reader";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { patchedObject } from "./object-name";

/** A type that patches an object which another client created. */
const patchOf = (
  patch: (context: RequestContext, object: ObjectName, planned: ObjectValue) => void,
): ResourceModel => {
  const apply = (context: ResourceContext, planned: ObjectValue): ObjectValue => {
    const object = patchedObject(planned);
    try {
      patch(context, object, planned);
    } catch (error) {
      throw error instanceof ServiceError ? inProviderWords(error, object) : error;
    }
    return {};
  };
  return {
    create: apply,
    update: (context, _prior, planned) => apply(context, planned),
    read: (context) => (isReachable(context) ? {} : null),
  };
};

/** Labels, annotations and data that Terraform sets in an object. */
export const patch = patchOf(patchObject);

/** Environment that Terraform sets in a container. */
export const env = patchOf((context, object, planned) => {
  const config = new ConfigReader(planned);
  patchEnvironment(context, object, {
    container: config.text("container") || config.text("init_container"),
    variables: config.blocks("env").map((variable) => variable.text("name")),
    force: config.flag("force"),
  });
});

/** The provider replaces what the API says of a missing object, and adds to what it says of a conflict. */
function inProviderWords(error: ServiceError, { name }: ObjectName): ServiceError {
  const { code, message, status } = error;
  if (code === "NotFound") return new ServiceError(code, `The resource "${name}" does not exist`, status);
  if (code !== "Conflict") return error;
  const words = `Field manager conflict: another client is managing a field Terraform tried to update, set "force" to true to override: ${message}`;
  return new ServiceError(code, words, status);
}
