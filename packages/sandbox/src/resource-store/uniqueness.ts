import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ServiceError, type Transaction } from "@cluster-ipam/cloud-model";
import { interpolate } from "../computed-values/interpolate";
import { identities, type Identity } from "./identities";
import { kept, keptOf, type StoredResource } from "./resource-store";

/**
 * Rejects the creation of a resource whose name is taken, as its service does.
 *
 * @throws ServiceError when it exists, unless the service's call updates the existing one
 */
export function assertUnique(transaction: Transaction, resource: StoredResource): void {
  const identity = identities[resource.type] ?? otherwise(resource.type);
  if (identity.onDuplicate === "put") return;
  const twin = identity.unique
    ? keptOf(transaction, resource.type).find((other) => isNamesake(identity.unique!, other, resource))
    : kept(transaction, resource.type, resource, resource.id);
  if (!twin) return;
  const [code, text, status = 409] = identity.onDuplicate;
  throw new ServiceError(code, interpolate(text, twin.state as ObjectValue), status);
}

function isNamesake(unique: readonly string[], other: StoredResource, resource: StoredResource): boolean {
  const [a, b] = [other.state as ObjectValue, resource.state as ObjectValue];
  return (
    other.owner === resource.owner &&
    other.region === resource.region &&
    unique.every((member) => a[member] === b[member])
  );
}

function otherwise(type: string): Identity {
  if (type.startsWith("google_"))
    return { onDuplicate: ["alreadyExists", "The resource '{id}' already exists"] };
  if (!type.startsWith("kubernetes_"))
    return { onDuplicate: ["AlreadyExistsException", `${type} {id} already exists.`] };
  const plural = `${type.replace(/^kubernetes_|_v\d+$/g, "").replaceAll("_", "")}s`;
  return { onDuplicate: ["AlreadyExists", `${plural} "{metadata.name}" already exists`] };
}
