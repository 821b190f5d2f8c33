import { ServiceError } from "../../service-error";

// Wordings: Compute Engine and GKE, as users report them in the issues of hashicorp/terraform-provider-google.

/** The name is taken. */
export const alreadyExists = (path: string): ServiceError =>
  new ServiceError("alreadyExists", `The resource '${path}' already exists`, 409);

/** The name of a cluster or node pool is taken. */
export const gkeAlreadyExists = (path: string): ServiceError =>
  new ServiceError("alreadyExists", `Already exists: ${path}.`, 409);

/** A resource that a request names does not exist. */
export const missing = (path: string): ServiceError =>
  new ServiceError("notFound", `The resource '${path}' was not found`, 404);

/** A resource cannot be deleted or shrunk while another one uses it. @param what its kind, `network` */
export const inUse = (what: string, path: string, by: string): ServiceError =>
  new ServiceError(
    "resourceInUseByAnotherResource",
    `The ${what} resource '${path}' is already being used by '${by}'`,
  );

/** A field of a Compute Engine request, such as `resource.ipCidrRange`, has an invalid value. */
export const invalid = (field: string, value: string, why: string): ServiceError =>
  new ServiceError("invalid", `Invalid value for field '${field}': '${value}'. ${why}`);

/** A field of a Compute Engine request is missing. */
export const required = (field: string): ServiceError =>
  new ServiceError("required", `Required field '${field}' not specified`);

/** GKE or Network Connectivity rejects a request. */
export const badRequest = (message: string): ServiceError => new ServiceError("badRequest", message);
