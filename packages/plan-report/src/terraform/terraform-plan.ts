/** The fields of `terraform show -json <plan>` that this package reads (format version 1). */
export interface TerraformPlan {
  readonly format_version: string;
  readonly terraform_version: string;
  /** Absent if the stack has no resources. */
  readonly resource_changes?: readonly TerraformResourceChange[];
  /** Changes made outside Terraform since the state was written; absent if there are none. */
  readonly resource_drift?: readonly TerraformResourceChange[];
  /** Changes to outputs, by name. */
  readonly output_changes?: Readonly<Record<string, TerraformOutputChange>>;
  /** The configuration that was planned. */
  readonly configuration?: {
    /** By the key that resources refer to. Absent if there are none. */
    readonly provider_config?: Readonly<
      Record<string, { readonly name: string; readonly expressions?: unknown }>
    >;
    readonly root_module?: {
      /** Absent if there are none. */
      readonly resources?: readonly {
        readonly mode: "managed" | "data";
        /** Without an index, for example `aws_subnet.pods`. */
        readonly address?: string;
        readonly provider_config_key?: string;
      }[];
      /** Absent if there are none. */
      readonly module_calls?: Readonly<Record<string, unknown>>;
    };
  };
}

/** Whether the configuration of a plan has no managed resource: an apply destroys everything that the state has. */
export function isEmptied({ configuration }: TerraformPlan): boolean {
  const root = configuration?.root_module;
  if (root === undefined) return false;
  return root.module_calls === undefined && (root.resources ?? []).every(({ mode }) => mode !== "managed");
}

/** A planned change to an output; `before` and `after` are as in {@link TerraformResourceChange}. */
export interface TerraformOutputChange {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
}

/** A planned change to one resource. */
export interface TerraformResourceChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly previous_address?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly importing?: unknown;
    /** Values before; null if the object does not exist yet. Sensitive values are in plain text: see `maskedValue`. */
    readonly before?: unknown;
    /** Values after, as far as they are known; null if the object is destroyed. */
    readonly after?: unknown;
    /** Same shape as `after`: `true` where the value is known only after apply. */
    readonly after_unknown?: unknown;
    /** Same shape as `before`: `true` where the value is sensitive. */
    readonly before_sensitive?: unknown;
    /** Same shape as `after`: `true` where the value is sensitive. */
    readonly after_sensitive?: unknown;
    /** Attributes that force replacement, each as a path of names and indices. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/**
 * Makes a plan's JSON deterministic: drops the timestamp and sorts `relevant_attributes`, the one list whose order
 * Terraform does not define.
 */
export function canonicalPlan(plan: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const canonical = { ...plan };
  delete canonical["timestamp"];
  const relevant = canonical["relevant_attributes"];
  if (!Array.isArray(relevant)) return canonical;
  const ordered = relevant
    .map((entry): [string, unknown] => [JSON.stringify(entry), entry])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, entry]) => entry);
  return { ...canonical, relevant_attributes: ordered };
}
