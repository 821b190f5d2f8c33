import { ServiceError } from "../../../service-error";

/** A value that EKS does not accept. @param operation the call, if a Terraform type uses several */
export const invalidParameter = (message: string, operation?: string): ServiceError =>
  new ServiceError("InvalidParameterException", message, 400, operation);

/** A request that the state of the resource does not allow. */
export const invalidRequest = (message: string): ServiceError =>
  new ServiceError("InvalidRequestException", message);

/** A resource that does not exist. */
export const notFound = (message: string): ServiceError =>
  new ServiceError("ResourceNotFoundException", message, 404);

/** A name that is taken, or a resource that others use. */
export const inUse = (message: string): ServiceError =>
  new ServiceError("ResourceInUseException", message, 409);
