import { setFlagsFromString } from "node:v8";

/**
 * When V8 optimizes a function, about seven times as late as by default: by the bytecode that it ran in Node 20, and by
 * its calls in later versions, which do not know the flag of earlier ones.
 */
export const LATE_OPTIMIZATION =
  Number.parseInt(process.versions.v8) < 12
    ? "--interrupt-budget=500000"
    : "--invocation-count-for-turbofan=20000";

/**
 * Lets V8 optimize functions of this process late: a plan is over before most optimized code has paid for the time that
 * its compilation took, and a process that lives longer still gets there. For the start of a program, since it is about
 * all of its code.
 */
export function optimizeLate(): void {
  setFlagsFromString(LATE_OPTIMIZATION);
}
