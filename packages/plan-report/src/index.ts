export { type Acknowledgement, ACKNOWLEDGEMENTS_FILE, parseAcknowledgements } from "./read/acknowledgements";
export { type AddressChange } from "./review/address-change";
export {
  type AddressNode,
  type AddressReport,
  addressReport,
  type ClusterReport,
} from "./read/address-report";
export { type AttributeChange } from "./terraform/attribute-change";
export { type Base, readBase } from "./read/comparison-base";
export { type ClusterChange, type ClusterState } from "./review/cluster-change";
export { runCommand } from "./cli/run-command";
export { comment, commentMarker, type CommentProps } from "./render/markdown/comment";
export { type Diagnostic, type StackFailure } from "./terraform/diagnostic";
export { type Environment, environments, workspaceRoot } from "./read/environment";
export { readEnvironment, type ReadEnvironment } from "./read/environment-plan";
export { type EnvironmentPlan, type PlanDocument, type StackOutcome } from "./read/plan-document";
export { code, fenced } from "./render/escape";
export { InterruptedError, PlanError } from "./plan-error";
export { PlanFolder, type PlanManifest } from "./read/plan-folder";
export { planStacks, type PlanStacksProps } from "./run/plan-stacks";
export { type PlannedResource } from "./terraform/planned-resource";
export {
  type Finding,
  type LapsedAcknowledgement,
  type PolicyContext,
  type Rule,
  type RuleVerdict,
  type Verdict,
} from "./policy/policy";
export { type PoolChange, type PoolState } from "./review/pool-change";
export {
  type Review,
  review,
  type ReviewedChange,
  type ReviewedStack,
  type ReviewProps,
} from "./review/review";
export {
  acknowledgedDestruction,
  cidrsInLock,
  DEFAULT_RULES,
  noOverlap,
  privateControlPlane,
  tagsPresent,
} from "./policy/rules/default-rules";
export { type PlannedAgainst, type PlannedStack } from "./run/stack-planner";
export {
  type Action,
  type ChangeCounts,
  type ResourceChange,
  type StackPlan,
  stackPlan,
  totalCounts,
} from "./terraform/stack-plan";
export { type SynthesizedStack, synthesizedStacks } from "./read/synthesized-stack";
export { canonicalPlan, type TerraformPlan, type TerraformResourceChange } from "./terraform/terraform-plan";
