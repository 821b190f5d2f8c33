export { type Acknowledgement, ACKNOWLEDGEMENTS_FILE, parseAcknowledgements } from "./acknowledgements";
export { type AddressChange } from "./address-change";
export { type AddressNode, type AddressReport, addressReport, type ClusterReport } from "./addresses";
export { type AttributeChange } from "./attribute-change";
export { type Base, readBase } from "./base";
export { type ClusterChange, type ClusterState } from "./cluster-change";
export { runCommand } from "./command";
export { comment, commentMarker, type CommentProps } from "./comment";
export { type Diagnostic, type StackFailure } from "./diagnostic";
export { type Environment, environments, workspaceRoot } from "./environment";
export { readEnvironment, type ReadEnvironment } from "./environment-plan";
export { type EnvironmentPlan, type PlanDocument, type StackOutcome } from "./plan-document";
export { code, fenced } from "./harmless-text";
export { InterruptedError, PlanError } from "./plan-error";
export { PlanFolder, type PlanManifest } from "./plan-folder";
export { planStacks, type PlanStacksProps } from "./plan-stacks";
export { type PlannedResource } from "./planned-resource";
export {
  type Finding,
  type LapsedAcknowledgement,
  type PolicyContext,
  type Rule,
  type RuleVerdict,
  type Verdict,
} from "./policy";
export { type PoolChange, type PoolState } from "./pool-change";
export { type Review, review, type ReviewedChange, type ReviewedStack, type ReviewProps } from "./review";
export {
  acknowledgedDestruction,
  cidrsInLock,
  DEFAULT_RULES,
  noOverlap,
  privateControlPlane,
  tagsPresent,
} from "./rules";
export { type PlannedAgainst, type PlannedStack } from "./stack-planner";
export {
  type Action,
  type ChangeCounts,
  type ResourceChange,
  type StackPlan,
  stackPlan,
  totalCounts,
} from "./stack-plan";
export { type SynthesizedStack, synthesizedStacks } from "./synthesized-stack";
export { canonicalPlan, type TerraformPlan, type TerraformResourceChange } from "./terraform-plan";
