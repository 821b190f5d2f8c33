/** State files in a folder. */
export interface LocalBackendOptions {
  readonly type: "local";
  /**
   * Folder of the state files, relative to the stack's working directory; the state is
   * `<directory>/<stack id>.tfstate`.
   *
   * `cdktf synth` removes the whole folder of a stack that is no longer in the app. Store states that must survive
   * that outside it, for example in `../../../state`.
   * @default "."
   */
  readonly directory?: string;
}

/** Objects in an S3 bucket, encrypted. */
export interface S3BackendOptions {
  readonly type: "s3";
  readonly bucket: string;
  /** AWS Region of the bucket. */
  readonly region: string;
  /** Key prefix; the state is `<prefix>/<stack id>.tfstate`. @default none */
  readonly prefix?: string;
  /** ARN of the KMS key that encrypts the states. @default the bucket's own encryption */
  readonly kmsKeyArn?: string;
  /** The role that reads and writes the states. @default the caller's own identity */
  readonly assumeRole?: {
    readonly roleArn: string;
    /** Name of the session in CloudTrail, 2 to 64 characters. @default made by the AWS SDK */
    readonly sessionName?: string;
    /** Secret shared with the owner of the role. @default none */
    readonly externalId?: string;
  };
  /** Profile of the shared AWS configuration. @default AWS_PROFILE, as usual */
  readonly profile?: string;
  /**
   * Lock with a file next to the state, which needs Terraform 1.10 or OpenTofu 1.10. Without, nothing stops two
   * deployments of a stack at once.
   * @default true
   */
  readonly lockFile?: boolean;
  /** URLs of services in place of AWS's public ones, for example of an interface endpoint. @default none */
  readonly endpoints?: Readonly<Partial<Record<"s3" | "sts" | "iam" | "sso", string>>>;
  /**
   * The bucket is of a store that speaks S3's protocol and is not AWS: addresses have the bucket in their path, and
   * nothing is asked of AWS about the account, the Region or the credentials. It needs `endpoints.s3`.
   * @default false
   */
  readonly compatibleStore?: boolean;
}

/** Objects in a Cloud Storage bucket. Cloud Storage locks them. */
export interface GcsBackendOptions {
  readonly type: "gcs";
  readonly bucket: string;
  /** Object prefix; the state is `<prefix>/<stack id>/default.tfstate`. @default none */
  readonly prefix?: string;
  /** E-mail address of the service account that reads and writes the states. @default the caller's own identity */
  readonly impersonateServiceAccount?: string;
  /** Resource name of the Cloud KMS key that encrypts the states (CMEK). @default the bucket's own encryption */
  readonly kmsKeyName?: string;
}

/** One workspace per stack in HCP Terraform or Terraform Enterprise. */
export interface WorkspaceBackendOptions {
  /** `cloud` writes the `cloud` block; `remote` the older backend, which OpenTofu's and other services speak too. */
  readonly type: "cloud" | "remote";
  readonly organization: string;
  /** @default "app.terraform.io" */
  readonly hostname?: string;
  /** The workspace is `<prefix><stack id>`. @default none */
  readonly prefix?: string;
  /** Project in which a workspace is created; only of `cloud`. @default the organization's default project */
  readonly project?: string;
}

/** Blobs in an Azure storage account, which locks them. */
export interface AzureBackendOptions {
  readonly type: "azurerm";
  readonly storageAccount: string;
  readonly container: string;
  /** The state is `<prefix>/<stack id>.tfstate`. @default none */
  readonly prefix?: string;
  /** Needed to look up the account's access key; not with `useAzureAd`. @default none */
  readonly resourceGroup?: string;
  /** UUID of the subscription. @default ARM_SUBSCRIPTION_ID */
  readonly subscriptionId?: string;
  /** UUID of the tenant. @default ARM_TENANT_ID */
  readonly tenantId?: string;
  /** Access the blobs by Microsoft Entra ID in place of an access key. @default false */
  readonly useAzureAd?: boolean;
  /** Sign in with the OpenID Connect token of a workflow. @default false */
  readonly useOidc?: boolean;
}

/**
 * A REST service, such as GitLab's. `{stack}` in an address is the stack's id. User name and password come from
 * `TF_HTTP_USERNAME` and `TF_HTTP_PASSWORD`.
 */
export interface HttpBackendOptions {
  readonly type: "http";
  /** URL of the state; must contain `{stack}`. */
  readonly address: string;
  /** URL that locks and unlocks the state; must contain `{stack}`. @default the states are not locked */
  readonly lockAddress?: string;
  /** @default "LOCK" */
  readonly lockMethod?: string;
  /** @default "UNLOCK" */
  readonly unlockMethod?: string;
  /** @default "POST" */
  readonly updateMethod?: string;
}

/** A value of a backend that the blueprints do not know. A list of objects is a block per object; an object is a map. */
export type BackendSetting =
  string | number | boolean | readonly BackendSetting[] | { readonly [name: string]: BackendSetting };

/** Any other backend of Terraform. */
export interface OtherBackendOptions {
  readonly type: "other";
  /** Name of the backend, for example `pg`, `consul`, `kubernetes`, `oss` or `cos`. */
  readonly name: string;
  /**
   * Its arguments, by Terraform's names. `{stack}` in a string is the stack's id; it must occur, because each stack has
   * a state of its own. They are written into the configuration: leave secrets to the backend's environment variables.
   */
  readonly settings: Readonly<Record<string, BackendSetting>>;
}

/** Where the Terraform state of an app's stacks is stored. Each stack has its own state, named by its id. */
export type BackendOptions =
  | LocalBackendOptions
  | S3BackendOptions
  | GcsBackendOptions
  | WorkspaceBackendOptions
  | AzureBackendOptions
  | HttpBackendOptions
  | OtherBackendOptions;
