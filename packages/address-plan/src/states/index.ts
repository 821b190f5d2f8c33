// The Terraform states of recorded stacks. No synthesis loads it: it starts Terraform for remote backends.
export { growsInto } from "./grows-into";
export { type Mention, mentions } from "./mentions";
export { cidrsIn, type OccupiedCidr } from "./occupied-cidrs";
export { readStates } from "./read-states";
export { proofOf, type StackState, type StateResource } from "./stack-state";
