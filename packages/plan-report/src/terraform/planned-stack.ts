import { type Diagnostic, type StackFailure } from "./diagnostic";

/** The plan of a stack, or why it could not be planned. */
export type PlannedStack =
  | {
      readonly stack: string;
      /** `terraform show -json` of the plan, canonical. */
      readonly plan: Readonly<Record<string, unknown>>;
      readonly warnings: readonly Diagnostic[];
    }
  | { readonly stack: string; readonly failure: StackFailure };
