import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ServiceError, type Transaction } from "@cluster-ipam/cloud-model";
import { interpolate } from "../computed-values/interpolate";
import { identities, type Identity } from "./identities";
import { findResource, type StoredResource } from "./resource-store";

/**
 * Rejects the creation of a resource that exists, as its service does.
 *
 * @throws ServiceError unless the service's call updates the existing resource, or the cloud's model checks
 */
export function assertUnique(transaction: Transaction, resource: StoredResource): void {
  const identity = identities[resource.type] ?? otherwise(resource.type);
  if (typeof identity.onDuplicate === "string") return;
  const existing = findResource(transaction, resource.type, resource, resource.id);
  if (!existing) return;
  const [code, text, status = 409] = identity.onDuplicate;
  throw new ServiceError(code, interpolate(text, existing.state as ObjectValue), status);
}

function otherwise(type: string): Identity {
  if (type.startsWith("google_"))
    return { onDuplicate: ["alreadyExists", "The resource '{id}' already exists"] };
  if (!type.startsWith("kubernetes_"))
    return { onDuplicate: ["AlreadyExistsException", `${type} {id} already exists.`] };
  const plural = `${type.replace(/^kubernetes_|_v\d+$/g, "").replaceAll("_", "")}s`;
  return { onDuplicate: ["AlreadyExists", `${plural} "{metadata.name}" already exists`] };
}
