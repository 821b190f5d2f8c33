import { ServiceError } from "../../../service-error";

/** The error for an invalid value of a parameter. */
export const invalidValue = (message: string): ServiceError =>
  new ServiceError("InvalidParameterValue", message);

/** The error for parameters that exclude each other. */
export const invalidCombination = (message: string): ServiceError =>
  new ServiceError("InvalidParameterCombination", message);

/** The error for a missing parameter. */
export const missing = (parameter: string): ServiceError =>
  new ServiceError("MissingParameter", `The request must contain the parameter ${parameter}`);

/** @throws ServiceError if a Modify request changes more than one attribute; by parameter */
export function oneAttribute(attributes: { readonly [parameter: string]: unknown }): void {
  const given = Object.keys(attributes).filter((name) => attributes[name] !== undefined);
  if (given.length > 1)
    throw invalidCombination(`Fields for multiple attribute types specified: ${given.join(", ")}`);
}

/** The error for deleting a resource that others depend on. @param noun `subnet`, `routeTable` */
export const hasDependants = (noun: string, id: string): ServiceError =>
  new ServiceError("DependencyViolation", `The ${noun} '${id}' has dependencies and cannot be deleted.`);

/** The value of a required parameter. @throws ServiceError `MissingParameter` */
export function required<T>(value: T | undefined, parameter: string): T {
  if (value === undefined || value === "") throw missing(parameter);
  return value;
}
