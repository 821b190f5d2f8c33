import { type ObjectValue, unknown } from "@cluster-ipam/terraform-provider";
import { stringAt } from "./arguments";
import { type ResourceContext } from "./resource-model";

/** The argument `name` of a new resource; if it is not set, a name behind `name_prefix` or "terraform-". */
export const nameOf = (context: ResourceContext, planned: ObjectValue, argument = "name"): string =>
  stringAt(planned, argument) ??
  `${stringAt(planned, `${argument}_prefix`) ?? "terraform-"}${context.transaction.hex(26)}`;

/** `name` and `name_prefix` of a new resource. */
export const nameMembers = (planned: ObjectValue, name: string): ObjectValue => ({
  name,
  name_prefix:
    planned["name_prefix"] === unknown
      ? stringAt(planned, "name") === undefined
        ? "terraform-"
        : ""
      : (planned["name_prefix"] ?? null),
});
