// The Terraform states of recorded stacks. No synthesis loads it: it starts Terraform for remote backends.
export type { StackState, StateResource } from "./stack-state";
