import { type AttributeChange, attributeChanges } from "./attribute-change";
import { isRecord, maskedValue } from "./masked-value";
import { providerAccounts } from "./provider-account";
import { type ResourceChange, resourceChange } from "./stack-plan";
import { type TerraformPlan } from "./terraform-plan";

/** A managed resource in a stack's plan, with its values; sensitive ones are masked. */
export interface PlannedResource extends ResourceChange {
  readonly stack: string;
  /** AWS account or Google Cloud project that its provider works in. @default not known from the configuration */
  readonly account?: string;
  /** Values before, with `(sensitive value)` for secrets; undefined if the resource does not exist yet. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** Values after, with `(known after apply)` for unknown ones; undefined if the resource is destroyed. */
  readonly after?: Readonly<Record<string, unknown>>;
  /** Attributes that an update or replacement changes; empty for every other action. */
  readonly attributes: readonly AttributeChange[];
}

/** Every managed resource in a stack's plan, in Terraform's order, including unchanged ones. */
export function plannedResources(stack: string, plan: TerraformPlan): PlannedResource[] {
  const accountOf = providerAccounts(plan);
  return (plan.resource_changes ?? [])
    .filter(({ mode }) => mode === "managed")
    .map((resource): PlannedResource => {
      const { change } = resource;
      const summary = resourceChange(resource);
      const before = maskedValue(change.before, change.before_sensitive);
      const after = maskedValue(change.after, change.after_sensitive, change.after_unknown);
      const hasBothSides = summary.action === "update" || summary.action === "replace";
      const account = accountOf(resource.address);
      return {
        stack,
        ...summary,
        ...(account === undefined ? {} : { account }),
        ...(isRecord(before) ? { before } : {}),
        ...(isRecord(after) && summary.action !== "delete" ? { after } : {}),
        attributes: hasBothSides ? attributeChanges(resource) : [],
      };
    });
}
