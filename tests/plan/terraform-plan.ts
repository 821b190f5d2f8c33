/** The part of `terraform show -json <plan>` that the tests of the whole read. */
export interface TerraformPlan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
  readonly prior_state?: {
    readonly values?: {
      readonly root_module?: {
        readonly resources?: readonly { readonly mode: string; readonly type: string }[];
      };
    };
  };
}

export interface ResourceChange {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  /** Address in the state, if a `moved` block changes it. */
  readonly previous_address?: string;
  readonly change: Change;
}

export interface Change {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after: unknown;
  readonly after_unknown: unknown;
  /** The id that an `import` block names. */
  readonly importing?: { readonly id: string };
  /** What forces a replacement, each as attribute names and indices. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}
