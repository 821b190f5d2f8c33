import { invalid } from "./refusals";

const sizes = ["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"];
const bits = ["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"];

/** The units of CloudWatch. */
const units: readonly string[] = [
  "Seconds",
  "Microseconds",
  "Milliseconds",
  ...sizes,
  ...bits,
  "Percent",
  "Count",
  ...[...sizes, ...bits, "Count"].map((unit) => `${unit}/Second`),
  "None",
];

/** Checks a unit. @throws ServiceError `InvalidParameterValue` */
export function checkUnit(parameter: string, unit: string | undefined): void {
  if (unit !== undefined && !units.includes(unit)) throw invalid(parameter, unit, units.join(" | "));
}
