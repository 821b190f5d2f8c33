// Address arithmetic alone: no YAML, no schema, no lock.
export { AddressPlanError } from "../message/address-plan-error";
export type { Family } from "./address-text";
export { Prefix } from "./prefix";
export { countFreeBlocks, freeBlocks, summarize } from "./prefix-set";
