import { type TerraformDataSource, TerraformElement } from "cdktf";
import { type Construct } from "constructs";
import { ValidationError } from "../input/validation-error";

/** What a {@link Check} asserts. */
export interface Assertion {
  /** Expression that is true if all is well, for example `${data.http.status.status_code == 200}`. */
  readonly condition: string | boolean;
  /** What Terraform warns of if it is not. */
  readonly errorMessage: string;
}

/** Props of a {@link Check}. */
export interface CheckProps {
  /** At least one. */
  readonly assertions: readonly Assertion[];
  /**
   * Data source that only the check reads: a failure to read it is a warning, too. It is of the same stack.
   * @default the assertions refer to what the stack has
   */
  readonly data?: TerraformDataSource;
}

/** A `check` block: assertions that each plan and each apply test, and that warn without stopping it. */
export class Check extends TerraformElement {
  /** @throws ValidationError without an assertion, or for a data source of another stack */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CheckProps,
  ) {
    super(scope, id);
    if (props.assertions.length === 0)
      throw new ValidationError(
        this,
        "a check without assertions checks nothing; add one, or remove the check",
      );
    if (props.data && props.data.cdktfStack !== this.cdktfStack)
      throw new ValidationError(
        this,
        `the data source ${props.data.node.path} is in another stack; create it in ${this.cdktfStack.node.path}`,
      );
  }

  override toTerraform(): object {
    const { assertions, data } = this.props;
    const assert = assertions.map(({ condition, errorMessage }) => ({
      condition,
      error_message: errorMessage,
    }));
    // `scopeDataSources` puts the data source in the place of its address.
    const scoped = data && { data: { [data.terraformResourceType]: { [data.friendlyUniqueId]: {} } } };
    return { check: { [this.friendlyUniqueId]: { ...scoped, assert } } };
  }
}

type Group = Record<string, Record<string, unknown>>;

/** Moves the data sources of checks from the stack into their checks. */
export function scopeDataSources(json: Record<string, unknown>): void {
  const data = (json["data"] ?? {}) as Group;
  for (const check of Object.values((json["check"] ?? {}) as Record<string, { data?: Group }>)) {
    for (const [type, names] of Object.entries(check.data ?? {})) {
      for (const name of Object.keys(names)) {
        names[name] = data[type]![name];
        delete data[type]![name];
      }
      if (Object.keys(data[type]!).length === 0) delete data[type];
    }
  }
  if (Object.keys(data).length === 0) delete json["data"];
}
