import { posix } from "node:path";
import { type BackendOptions, type BackendSetting, type S3BackendOptions } from "./backend";

/** A backend in Terraform's JSON syntax. A nested block is a list of objects (or `workspaces`), a map an object. */
export interface BackendBlock {
  /** Label of the `backend` block; `cloud` is the block of that name. */
  readonly type: string;
  readonly settings: Readonly<Record<string, BackendSetting>>;
}

/** The block with which a stack's state is found. @param stack id of the stack */
export function backendBlock(backend: BackendOptions, stack: string): BackendBlock {
  if (backend.type === "other")
    return {
      type: backend.name,
      settings: ofStack(backend.settings, stack) as BackendBlock["settings"],
    };
  return { type: backend.type, settings: defined(settingsOf(backend, stack)) };
}

/** Where a stack's state is, for people. @param stack id of the stack */
export function stateLocation(backend: BackendOptions, stack: string): string {
  const { type, settings } = backendBlock(backend, stack);
  switch (backend.type) {
    case "local":
      return String(settings["path"]);
    case "s3":
      return `s3://${backend.bucket}/${String(settings["key"])}`;
    case "gcs":
      return `gcs://${backend.bucket}/${String(settings["prefix"])}/default.tfstate`;
    case "cloud":
    case "remote":
      return `${backend.hostname ?? "app.terraform.io"}/${backend.organization}/${backend.prefix ?? ""}${stack}`;
    case "azurerm":
      return `azurerm://${backend.storageAccount}/${backend.container}/${String(settings["key"])}`;
    case "http":
      return String(settings["address"]);
    case "other":
      return `${type} ${JSON.stringify(settings)}`;
  }
}

type Settings = Readonly<Record<string, BackendSetting | undefined>>;

function settingsOf(backend: Exclude<BackendOptions, { readonly type: "other" }>, stack: string): Settings {
  switch (backend.type) {
    case "local":
      return { path: posix.join(backend.directory ?? ".", `${stack}.tfstate`) };
    case "s3":
      return s3Settings(backend, stack);
    case "gcs":
      return {
        bucket: backend.bucket,
        prefix: posix.join(backend.prefix ?? "", stack),
        impersonate_service_account: backend.impersonateServiceAccount,
        kms_encryption_key: backend.kmsKeyName,
      };
    case "cloud":
    case "remote":
      return {
        hostname: backend.hostname,
        organization: backend.organization,
        // A block, but an object as cdktf's classes write it: cdktf-cli reads no list.
        workspaces: defined({ name: `${backend.prefix ?? ""}${stack}`, project: backend.project }),
      };
    case "azurerm":
      return {
        storage_account_name: backend.storageAccount,
        container_name: backend.container,
        key: posix.join(backend.prefix ?? "", `${stack}.tfstate`),
        resource_group_name: backend.resourceGroup,
        subscription_id: backend.subscriptionId,
        tenant_id: backend.tenantId,
        use_azuread_auth: backend.useAzureAd,
        use_oidc: backend.useOidc,
      };
    case "http": {
      const lock = backend.lockAddress?.replaceAll("{stack}", stack);
      return {
        address: backend.address.replaceAll("{stack}", stack),
        update_method: backend.updateMethod,
        lock_address: lock,
        lock_method: backend.lockMethod,
        unlock_address: lock,
        unlock_method: backend.unlockMethod,
      };
    }
  }
}

function s3Settings({ assumeRole, ...backend }: S3BackendOptions, stack: string): Settings {
  const foreign = backend.compatibleStore === true ? true : undefined;
  return {
    bucket: backend.bucket,
    key: posix.join(backend.prefix ?? "", `${stack}.tfstate`),
    region: backend.region,
    encrypt: true,
    kms_key_id: backend.kmsKeyArn,
    use_lockfile: backend.lockFile ?? true,
    profile: backend.profile,
    assume_role:
      assumeRole &&
      defined({
        role_arn: assumeRole.roleArn,
        session_name: assumeRole.sessionName,
        external_id: assumeRole.externalId,
      }),
    endpoints: backend.endpoints && defined(backend.endpoints),
    use_path_style: foreign,
    skip_credentials_validation: foreign,
    skip_region_validation: foreign,
    skip_requesting_account_id: foreign,
    skip_metadata_api_check: foreign,
    skip_s3_checksum: foreign,
  };
}

function ofStack(value: BackendSetting, stack: string): BackendSetting {
  if (typeof value === "string") return value.replaceAll("{stack}", stack);
  if (Array.isArray(value)) return value.map((item: BackendSetting) => ofStack(item, stack));
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, ofStack(item, stack)]));
}

function defined(settings: Settings): Readonly<Record<string, BackendSetting>> {
  return Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, BackendSetting] => entry[1] !== undefined),
  );
}
