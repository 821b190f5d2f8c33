import { ServiceError } from "../../../service-error";

/** A parameter that must be given, and is not. */
export const missing = (parameter: string): ServiceError =>
  new ServiceError("MissingParameter", `The parameter ${parameter} is required.`);

/** A value that a parameter cannot have. */
export const invalid = (parameter: string, value: unknown, expected: string): ServiceError =>
  new ServiceError(
    "InvalidParameterValue",
    `The value ${String(value)} for parameter ${parameter} is invalid. Expected ${expected}.`,
  );

/** Parameters that exclude each other. */
export const notTogether = (parameters: string): ServiceError =>
  new ServiceError("InvalidParameterCombination", `The parameters ${parameters} are mutually exclusive.`);
