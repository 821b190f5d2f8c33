import { ServiceError } from "../../service-error";
import { type ObjectName } from "../documents/object";

// Wordings: the API machinery of Kubernetes and its Go client.

/** The name is taken. */
export const alreadyExists = ({ kind, name }: ObjectName): ServiceError =>
  new ServiceError("AlreadyExists", `${pluralOf(kind)} "${name}" already exists`, 409);

/** An object does not exist. */
export const objectNotFound = ({ kind, name }: ObjectName): ServiceError =>
  new ServiceError("NotFound", `${pluralOf(kind)} "${name}" not found`, 404);

/** No cluster has the address. */
export function unreachable(address: string): ServiceError {
  const host = address.replace(/^https?:\/\//, "").replace(/[:/].*$/, "");
  const reason =
    address === ""
      ? 'Get "http://localhost/api": dial tcp [::1]:80: connect: connection refused'
      : `Get "${address}/api": dial tcp: lookup ${host}: no such host`;
  return new ServiceError("Unreachable", reason, 503);
}

const pluralOf = (kind: string): string => plurals[kind] ?? `${kind.toLowerCase()}s`;

const plurals: { readonly [kind: string]: string } = {
  ClusterRole: "clusterroles.rbac.authorization.k8s.io",
  ClusterRoleBinding: "clusterrolebindings.rbac.authorization.k8s.io",
  DaemonSet: "daemonsets.apps",
  Deployment: "deployments.apps",
};
