import { ServiceError } from "../../../service-error";

/** A value that the parameter does not take. */
export const invalidValue = (message: string): ServiceError =>
  new ServiceError("InvalidParameterValue", message);

/** Parameters that do not go together. */
export const invalidCombination = (message: string): ServiceError =>
  new ServiceError("InvalidParameterCombination", message);

/** A parameter that is not there. */
export const missing = (parameter: string): ServiceError =>
  new ServiceError("MissingParameter", `The request must contain the parameter ${parameter}`);

/** Something that cannot go while others need it; `subnet`, `routeTable`. */
export const hasDependants = (noun: string, id: string): ServiceError =>
  new ServiceError("DependencyViolation", `The ${noun} '${id}' has dependencies and cannot be deleted.`);

/** @returns the value of a required parameter @throws ServiceError when it is not there */
export function required<T>(value: T | undefined, parameter: string): T {
  if (value === undefined || value === "") throw missing(parameter);
  return value;
}
