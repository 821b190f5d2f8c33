export { type AddressNode, type AddressReport, type ClusterReport } from "./addresses";
export { type Diagnostic, type StackFailure } from "./diagnostic";
export { type EnvironmentPlan, type PlanDocument, type StackOutcome } from "./plan-document";
export { InterruptedError, PlanError } from "./plan-error";
export { PlanFolder, type PlanManifest } from "./plan-folder";
export { planStacks, type PlanStacksProps } from "./plan-stacks";
export { type PlannedStack } from "./stack-planner";
export {
  type Action,
  type ChangeCounts,
  type ResourceChange,
  type StackPlan,
  stackPlan,
  totalCounts,
} from "./stack-plan";
export { type TerraformPlan, type TerraformResourceChange } from "./terraform-plan";
