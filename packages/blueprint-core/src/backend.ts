/** Where the Terraform state of an app's stacks lives. Each stack has its own state under its id. */
export type Backend =
  | {
      readonly type: "local";
      /** Folder of the state files, relative to the stack's working directory. @default "." */
      readonly directory?: string;
    }
  | {
      readonly type: "s3";
      readonly bucket: string;
      /** AWS Region of the bucket. */
      readonly region: string;
      /** Key prefix; the state is `<prefix>/<stack id>.tfstate`. @default none */
      readonly prefix?: string;
    }
  | {
      readonly type: "gcs";
      readonly bucket: string;
      /** Object prefix; the state is `<prefix>/<stack id>/default.tfstate`. @default none */
      readonly prefix?: string;
    };
