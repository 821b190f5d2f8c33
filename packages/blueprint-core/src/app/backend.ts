import {
  type BackendBlock,
  backendBlock,
  type BackendOptions,
  backendProblem,
} from "@cluster-ipam/address-plan/stacks";
import { TerraformBackend, TerraformRemoteState, type TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import * as path from "node:path";
import { ValidationError } from "../input/validation-error";

/**
 * Sets a stack's backend explicitly, because cdktf's default writes an absolute path of this machine.
 *
 * @throws ValidationError if a local directory is absolute, or an option is missing or not known
 */
export function addBackend(stack: TerraformStack, backend: BackendOptions): void {
  const problem = backendProblem(backend);
  if (problem !== undefined)
    throw new ValidationError(stack, `the backend is invalid: ${problem}; see docs/backends.md`);
  if (backend.type === "local") checkDirectory(stack, backend.directory ?? ".");
  new StackBackend(stack, backendBlock(backend, stack.node.id));
}

/** The lowest version of Terraform and OpenTofu that has the backend: a lock file of S3 needs 1.10. */
export function terraformVersionOf(backend: BackendOptions): string {
  return backend.type === "s3" && backend.lockFile !== false ? ">= 1.10" : ">= 1.8";
}

function checkDirectory(stack: TerraformStack, directory: string): void {
  if (!path.posix.isAbsolute(directory) && !path.win32.isAbsolute(directory)) return;
  throw new ValidationError(
    stack,
    `the local backend's directory ${directory} must be relative to the stack's working directory; use ../../../state`,
  );
}

class StackBackend extends TerraformBackend {
  constructor(
    scope: Construct,
    private readonly block: BackendBlock,
  ) {
    super(scope, "backend", block.type);
  }

  override toTerraform(): object {
    const { type, settings } = this.block;
    return { terraform: type === "cloud" ? { cloud: settings } : { backend: { [type]: settings } } };
  }

  /** cdktf asks for it before `BlueprintStack` refuses the token of another stack. */
  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    return new StackState(scope, name, this.block.type, {});
  }
}

class StackState extends TerraformRemoteState {}
