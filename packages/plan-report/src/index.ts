export { runCommand } from "./cli/run-command";
export { InterruptedError, PlanError } from "./errors/plan-error";
export { type LeavingCluster } from "./policy/leaving-cluster";
export {
  type Finding,
  type PolicyContext,
  type Rule,
  type RuleVerdict,
  type StaleAcknowledgement,
  type Verdict,
} from "./policy/policy";
export { acknowledgedDestruction } from "./policy/rules/acknowledged-destruction";
export { addressesStay } from "./policy/rules/addresses-stay";
export { cidrsInLock } from "./policy/rules/cidrs-in-lock";
export { DEFAULT_RULES } from "./policy/rules/default-rules";
export { noOverlap } from "./policy/rules/no-overlap";
export { privateControlPlane } from "./policy/rules/private-control-plane";
export { tagsPresent } from "./policy/rules/tags-present";
export {
  type AcknowledgedChange,
  type Acknowledgement,
  type BlockAcknowledgement,
  type ClusterAcknowledgement,
  type ResourceAcknowledgement,
} from "./read/acknowledgements";
export { type AddressNode, type AddressReport, type ClusterReport } from "./read/address-report";
export { type Environment, environments, workspaceRoot } from "./read/environment";
export { type EnvironmentPlan, type PlanDocument, type StackOutcome } from "./read/plan-document";
export { PlanFolder, type PlanManifest } from "./read/plan-folder";
export { stacksInOrder, type SynthesizedStack, synthesizedStacks } from "./read/synthesized-stack";
export { markdownCode } from "./render/markdown/markdown-text";
export { type AddressChange } from "./review/address-change";
export { type ClusterChange, type ClusterState } from "./review/cluster-change";
export { type PlanReview, type PlanViolation, type ReviewedPlan } from "./review/plan-review";
export { type PoolChange, type PoolState } from "./review/pool-change";
export { type Review, type ReviewedChange, type ReviewedStack } from "./review/review";
export { planStacks, type PlanStacksProps } from "./run/plan-stacks";
export { type PlannedAgainst } from "./run/stack-planner";
export { type AttributeChange } from "./terraform/attribute-change";
export { type Diagnostic, type StackFailure } from "./terraform/diagnostic";
export { type PlannedResource } from "./terraform/planned-resource";
export { type PlannedStack } from "./terraform/planned-stack";
export {
  type Action,
  type ChangeCounts,
  type ResourceChange,
  type StackPlan,
  stackPlan,
} from "./terraform/stack-plan";
export { findTerraform, type TerraformBinary, terraformEnvironment } from "./terraform/terraform-binary";
export { type TerraformPlan, type TerraformResourceChange } from "./terraform/terraform-plan";
