import { isDeepStrictEqual } from "node:util";
import { type BackendOptions } from "./backend";
import { backendProblem } from "./backend-schema";

/** The forms of a backend's address, for error messages. */
export const BACKEND_FORMS =
  "local:<folder>, s3://<bucket>/<prefix>?region=<region> or gcs://<bucket>/<prefix>, or JSON for any other (docs/backends.md)";

/** The parameters of an address, by the option that they set: the names that Terraform has for the arguments. */
const parameters = {
  s3: { region: "region", kmsKeyArn: "kms_key_id", profile: "profile" },
  gcs: { impersonateServiceAccount: "impersonate_service_account", kmsKeyName: "kms_encryption_key" },
} as const;

/** S3's only option in an address that is an object. */
const ROLE = "role_arn";

/**
 * Parses a backend's address: `local:<folder relative to the stack's working directory>`,
 * `s3://<bucket>/<prefix>?region=<region>`, `gcs://<bucket>/<prefix>`, or {@link BackendOptions} in JSON. S3 also takes
 * the parameters `role_arn`, `kms_key_id` and `profile`, Cloud Storage `impersonate_service_account` and
 * `kms_encryption_key`. Undefined if it is none of them.
 */
export function parseBackend(address: string): BackendOptions | undefined {
  const backend = address.startsWith("{") ? parseJson(address) : parseUrl(address);
  return backendProblem(backend) === undefined ? (backend as BackendOptions) : undefined;
}

/** A backend's address: what {@link parseBackend} reads. It is JSON where no shorter address says it all. */
export function backendAddressOf(backend: BackendOptions): string {
  const url = urlOf(backend);
  const whole = withoutUndefined(backend.type === "local" ? { directory: ".", ...backend } : backend);
  if (url !== undefined && isDeepStrictEqual(withoutUndefined(parseBackend(url)), whole)) return url;
  return JSON.stringify(whole);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseUrl(address: string): unknown {
  if (/^local:[^/]/.test(address)) return { type: "local", directory: address.slice("local:".length) };
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const type = url.protocol.slice(0, -1);
  if (type !== "s3" && type !== "gcs") return undefined;
  const options: Readonly<Record<string, string>> = parameters[type];
  const prefix = url.pathname.replace(/^\/+|\/+$/g, "") || undefined;
  const backend: Record<string, unknown> = { type, bucket: url.hostname, prefix };
  for (const [name, value] of url.searchParams) {
    const option = Object.keys(options).find((key) => options[key] === name);
    if (type === "s3" && name === ROLE) backend["assumeRole"] = { roleArn: value };
    else if (option === undefined) return undefined;
    else backend[option] = value;
  }
  return backend;
}

function urlOf(backend: BackendOptions): string | undefined {
  if (backend.type === "local") return `local:${backend.directory ?? "."}`;
  if (backend.type !== "s3" && backend.type !== "gcs") return undefined;
  const given = backend as unknown as Readonly<Record<string, string | undefined>>;
  const query = Object.entries(parameters[backend.type]).map(
    ([option, name]) => [name, given[option]] as const,
  );
  if (backend.type === "s3") query.push([ROLE as never, backend.assumeRole?.roleArn]);
  const words = query.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`));
  const path = backend.prefix === undefined ? "" : `/${backend.prefix}`;
  return `${backend.type}://${backend.bucket}${path}${words.length === 0 ? "" : `?${words.join("&")}`}`;
}

function withoutUndefined(value: unknown): unknown {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}
