/** Where the Terraform state of an app's stacks is stored. Each stack has its own state, named by its id. */
export type BackendOptions =
  | {
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

/** The forms of a backend's address, for error messages. */
export const BACKEND_FORMS =
  "local:<folder>, s3://<bucket>/<prefix>?region=<region> or gcs://<bucket>/<prefix>";

/**
 * Parses a backend's address: `local:<folder relative to the stack's working directory>`,
 * `s3://<bucket>/<prefix>?region=<region>` or `gcs://<bucket>/<prefix>`. Undefined if it is none of them.
 */
export function parseBackend(address: string): BackendOptions | undefined {
  if (/^local:[^/]/.test(address)) return { type: "local", directory: address.slice("local:".length) };
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const bucket = url.hostname;
  const prefix = url.pathname.replace(/^\/+|\/+$/g, "") || undefined;
  const region = url.searchParams.get("region");
  if (url.protocol === "s3:" && bucket && region) return { type: "s3", bucket, region, prefix };
  if (url.protocol === "gcs:" && bucket) return { type: "gcs", bucket, prefix };
  return undefined;
}

/** A backend's address: what {@link parseBackend} reads. */
export function backendAddressOf(backend: BackendOptions): string {
  if (backend.type === "local") return `local:${backend.directory ?? "."}`;
  const path = backend.prefix === undefined ? "" : `/${backend.prefix}`;
  if (backend.type === "gcs") return `gcs://${backend.bucket}${path}`;
  return `s3://${backend.bucket}${path}?region=${backend.region}`;
}
