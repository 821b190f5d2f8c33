import { ServiceError } from "../../../service-error";

/** The error for an invalid value of a parameter. */
export const invalidValue = (message: string): ServiceError =>
  new ServiceError("InvalidParameterValue", message);

/** The error for parameters that exclude each other. */
export const invalidCombination = (message: string): ServiceError =>
  new ServiceError("InvalidParameterCombination", message);

/** The error for what an IPAM of the free tier does not have. @param what `A private scope` */
export const needsAdvanced = (what: string): ServiceError =>
  invalidValue(`${what} needs an IPAM in the advanced tier.`);

/** The error for a missing parameter. */
export const missing = (parameter: string): ServiceError =>
  new ServiceError("MissingParameter", `The request must contain the parameter ${parameter}`);

/** The error for deleting a resource that others depend on. @param noun `subnet`, `routeTable` */
export const hasDependants = (noun: string, id: string): ServiceError =>
  new ServiceError("DependencyViolation", `The ${noun} '${id}' has dependencies and cannot be deleted.`);

/** The value of a required parameter. @throws ServiceError `MissingParameter` */
export function required<T>(value: T | undefined, parameter: string): T {
  if (value === undefined || value === "") throw missing(parameter);
  return value;
}
