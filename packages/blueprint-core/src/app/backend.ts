import { type BackendOptions } from "@cluster-ipam/address-plan/stacks";
import { GcsBackend, LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import * as path from "node:path";
import { ValidationError } from "../input/validation-error";

/**
 * Sets a stack's backend explicitly, because cdktf's default writes an absolute path of this machine.
 *
 * S3 locks with a lock file next to the state, which needs Terraform 1.10 or OpenTofu 1.10.
 *
 * @throws ValidationError if a local directory is absolute
 */
export function addBackend(stack: TerraformStack, backend: BackendOptions): void {
  const id = stack.node.id;
  switch (backend.type) {
    case "local": {
      const directory = backend.directory ?? ".";
      if (path.posix.isAbsolute(directory) || path.win32.isAbsolute(directory)) {
        throw new ValidationError(
          stack,
          `the local backend's directory ${directory} must be relative to the stack's working directory; use ../../../state`,
        );
      }
      new LocalBackend(stack, { path: path.posix.join(directory, `${id}.tfstate`) });
      return;
    }
    case "s3": {
      const { bucket, region, prefix } = backend;
      const key = path.posix.join(prefix ?? "", `${id}.tfstate`);
      const s3 = new S3Backend(stack, { bucket, key, region, encrypt: true });
      s3.addOverride("use_lockfile", true);
      return;
    }
    case "gcs":
      new GcsBackend(stack, { bucket: backend.bucket, prefix: path.posix.join(backend.prefix ?? "", id) });
  }
}
