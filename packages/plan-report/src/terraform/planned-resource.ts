import { type AttributeChange, attributeChanges } from "./attribute-change";
import { isRecord, maskedValue } from "./masked-value";
import { type ResourceChange, resourceChange } from "./stack-plan";
import { type TerraformPlan } from "./terraform-plan";

/** An object of a stack with its values, none of them sensitive. */
export interface PlannedResource extends ResourceChange {
  readonly stack: string;
  /** Values before; undefined where the object does not exist yet. `(sensitive value)` stands for a secret. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** Values afterwards, with `(known after apply)` for what is not known; undefined where the object goes. */
  readonly after?: Readonly<Record<string, unknown>>;
  /** What an update or a replacement changes; empty for every other action. */
  readonly attributes: readonly AttributeChange[];
}

/** Every managed object in the plan of a stack, in Terraform's order, those that stay as they are included. */
export function plannedResources(stack: string, plan: TerraformPlan): PlannedResource[] {
  return (plan.resource_changes ?? [])
    .filter(({ mode }) => mode === "managed")
    .map((resource): PlannedResource => {
      const { change } = resource;
      const outline = resourceChange(resource);
      const before = maskedValue(change.before, change.before_sensitive);
      const after = maskedValue(change.after, change.after_sensitive, change.after_unknown);
      const compared = outline.action === "update" || outline.action === "replace";
      return {
        stack,
        ...outline,
        ...(isRecord(before) ? { before } : {}),
        ...(isRecord(after) && outline.action !== "delete" ? { after } : {}),
        attributes: compared ? attributeChanges(resource) : [],
      };
    });
}
