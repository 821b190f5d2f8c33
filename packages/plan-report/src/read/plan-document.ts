import { type AddressReport } from "./address-report";
import { type Diagnostic, type StackFailure } from "../terraform/diagnostic";
import { type ChangeCounts, type ResourceChange } from "../terraform/stack-plan";

/**
 * The result of `npm run plan`, as `--json` prints it: counts, changes and addresses. It has no attribute values and
 * therefore no secrets. Members may be added; `formatVersion` changes if one is removed or changes its meaning.
 */
export interface PlanDocument {
  readonly formatVersion: 1;
  /** Whether every stack of every selected environment was planned. */
  readonly ok: boolean;
  readonly terraform: { readonly product: "Terraform" | "OpenTofu"; readonly version: string };
  /** The selected environments, the network first. */
  readonly environments: readonly EnvironmentPlan[];
  /** Sums over all planned stacks. */
  readonly totals: ChangeCounts;
  /** The part of the address plan that belongs to the selected environments. */
  readonly addresses: AddressReport;
}

/** The plan of one environment. */
export interface EnvironmentPlan {
  /** Folder name under `apps`. */
  readonly name: string;
  /** In the order the app composes them; empty if `failure` is set. */
  readonly stacks: readonly StackOutcome[];
  /** Why there are no stacks: the app failed to build, synthesize or plan. */
  readonly failure?: {
    /** nx target that failed, for example `synth`. */
    readonly target: string;
    /** Its output. */
    readonly message: string;
  };
}

/** The result of planning one stack. */
export type StackOutcome =
  | {
      readonly stack: string;
      readonly planned: true;
      /** Name in `addresses.yaml` of the cluster that the stack serves. @default none, or not recorded */
      readonly cluster?: string;
      /** Set if the app no longer composes the stack: the deployment destroys what its state has. */
      readonly retired?: true;
      readonly counts: ChangeCounts;
      /** Every changed resource, in Terraform's order. */
      readonly changes: readonly ResourceChange[];
      /** Terraform's warnings. */
      readonly warnings: readonly Diagnostic[];
    }
  | {
      readonly stack: string;
      readonly planned: false;
      /** The Terraform command that failed. */
      readonly command: StackFailure["command"];
      readonly diagnostics: readonly Diagnostic[];
    };
