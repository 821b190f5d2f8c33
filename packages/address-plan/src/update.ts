// The update of the lock. No synthesis loads it: it reads states and writes files.
export type { KeptBlock } from "./cli/leaving-proofs";
export { checkLock, type LockUpdate, type LockUpdateOptions, updateLock } from "./cli/lock-update";
