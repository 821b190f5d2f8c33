import { type AddressReport } from "./address-report";
import { type Diagnostic, type StackFailure } from "../terraform/diagnostic";
import { type ChangeCounts, type ResourceChange } from "../terraform/stack-plan";

/**
 * What `npm run plan` found out, as `--json` prints it: counts, changes and addresses, no attribute values, so
 * nothing in it is secret. New members may appear; `formatVersion` rises when one changes its meaning or goes.
 */
export interface PlanDocument {
  readonly formatVersion: 1;
  /** Every stack of every chosen environment was planned. */
  readonly ok: boolean;
  readonly terraform: { readonly product: "Terraform" | "OpenTofu"; readonly version: string };
  /** The chosen environments, the network first. */
  readonly environments: readonly EnvironmentPlan[];
  /** Sum over all planned stacks. */
  readonly totals: ChangeCounts;
  /** The address plan, as far as it concerns the chosen environments. */
  readonly addresses: AddressReport;
}

/** One environment: an app under `apps`. */
export interface EnvironmentPlan {
  readonly name: string;
  /** In the order in which the app composes them; empty if `failure` is there. */
  readonly stacks: readonly StackOutcome[];
  /** Why there are no stacks: the app was not built or not synthesized, or nobody could plan. */
  readonly failure?: {
    /** The nx target that failed, for example `synth`. */
    readonly target: string;
    /** What it printed. */
    readonly message: string;
  };
}

/** What became of one stack. */
export type StackOutcome =
  | {
      readonly stack: string;
      readonly planned: true;
      readonly counts: ChangeCounts;
      /** Every object that the plan touches, in Terraform's order. */
      readonly changes: readonly ResourceChange[];
      /** What Terraform warns of. */
      readonly warnings: readonly Diagnostic[];
    }
  | {
      readonly stack: string;
      readonly planned: false;
      /** The Terraform command that failed. */
      readonly command: StackFailure["command"];
      readonly diagnostics: readonly Diagnostic[];
    };
