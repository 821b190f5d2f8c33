import { TerraformElement } from "cdktf";
import { type Construct } from "constructs";
import { ValidationError } from "../input/validation-error";

/** Props of a {@link Removed}. */
export interface RemovedProps {
  /** Address that the stack no longer composes, without instance keys: `aws_vpc.network` or `module.a.aws_vpc.b`. */
  readonly from: string;
  /**
   * Whether Terraform destroys what was there. Else it forgets it: the object stays in the cloud, and another state can
   * import it.
   * @default false
   */
  readonly destroy?: boolean;
}

/** A `removed` block: what becomes of an object whose resource left the stack. */
export class Removed extends TerraformElement {
  /** @throws ValidationError if the address has an instance key, which Terraform refuses, or is none */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RemovedProps,
  ) {
    super(scope, id);
    if (/^(module\.[\w-]+\.)*(module\.[\w-]+|(?!data\.)[a-z]\w*\.[\w-]+)$/.test(props.from)) return;
    throw new ValidationError(
      this,
      `from: ${props.from} is not the address of a resource or a module; use aws_vpc.network, without an instance key`,
    );
  }

  override toTerraform(): object {
    const { from, destroy = false } = this.props;
    return { removed: [{ from, lifecycle: { destroy } }] };
  }
}
