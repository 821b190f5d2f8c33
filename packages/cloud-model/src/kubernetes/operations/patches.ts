import { ServiceError } from "../../service-error";
import { type RequestContext } from "../../request-context";
import { builtInNamespaces } from "../documents/built-in-objects";
import { fullName, type ObjectName, objectOf } from "../documents/object";
import { checkFieldOwnership } from "../rules/field-ownership";
import { objectNotFound } from "../rules/refusals";
import { apiServer } from "./objects";

/** A server-side apply of a container's environment. */
export interface EnvironmentPatch {
  readonly container: string;
  /** Names of the variables it sets. */
  readonly variables: readonly string[];
  /** Whether it takes over fields of other managers. */
  readonly force: boolean;
}

/** Patches metadata or data of an object that another client created. @throws ServiceError NotFound, Unreachable */
export function patchObject(context: RequestContext, object: ObjectName): void {
  patchedContainers(context, object);
}

/** Sets environment variables of a container. @throws ServiceError Conflict, Invalid, NotFound, Unreachable */
export function patchEnvironment(
  context: RequestContext,
  object: ObjectName,
  { container, variables, force }: EnvironmentPatch,
): void {
  checkContainer(object, container, patchedContainers(context, object));
  if (!force) checkFieldOwnership(container, variables);
}

/** The known containers of an object that is patched. @throws ServiceError NotFound */
function patchedContainers(context: RequestContext, object: ObjectName): readonly string[] {
  const server = apiServer(context);
  const containers = server.builtIn.get(fullName(object));
  const isNamespace = object.kind === "Namespace" && builtInNamespaces.includes(object.name);
  if (!containers && !isNamespace && !objectOf(context.transaction, server, object))
    throw objectNotFound(object);
  return containers ?? [];
}

/** A patch of a container that does not exist would create it, and it has no image. */
function checkContainer({ kind, name }: ObjectName, container: string, containers: readonly string[]): void {
  if (container === "" || containers.length === 0 || containers.includes(container)) return;
  throw new ServiceError(
    "Invalid",
    `${kind}.apps "${name}" is invalid: spec.template.spec.containers[${containers.length}].image: Required value`,
    422,
  );
}
