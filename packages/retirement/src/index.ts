export { isDestroyed, retire, type Retired, type RetireProps } from "./retire";
export { type RetiredStack, retiredStacks } from "./retired-stacks";
export { RetirementError } from "./retirement-error";
