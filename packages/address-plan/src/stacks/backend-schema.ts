import { z } from "zod";
import { type BackendOptions, type BackendSetting } from "./backend";

const text = z.string().min(1);
const flag = z.boolean().optional();
const ofStack = text.includes("{stack}", { error: "must contain {stack}: each stack has its own state" });
const setting: z.ZodType<BackendSetting> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(setting), z.record(z.string(), setting)]),
);

const local = z.strictObject({ type: z.literal("local"), directory: text.optional() });

const s3 = z
  .strictObject({
    type: z.literal("s3"),
    bucket: text,
    region: text,
    prefix: text.optional(),
    kmsKeyArn: text.optional(),
    assumeRole: z
      .strictObject({ roleArn: text, sessionName: text.optional(), externalId: text.optional() })
      .optional(),
    profile: text.optional(),
    lockFile: flag,
    endpoints: z.strictObject({ s3: z.url(), sts: z.url(), iam: z.url(), sso: z.url() }).partial().optional(),
    compatibleStore: flag,
  })
  .refine(({ compatibleStore, endpoints }) => !compatibleStore || endpoints?.s3 !== undefined, {
    path: ["endpoints", "s3"],
    error: "is needed for a compatibleStore",
  });

const gcs = z.strictObject({
  type: z.literal("gcs"),
  bucket: text,
  prefix: text.optional(),
  impersonateServiceAccount: text.optional(),
  kmsKeyName: text.optional(),
});

const workspaces = z
  .strictObject({
    type: z.enum(["cloud", "remote"]),
    organization: text,
    hostname: text.optional(),
    prefix: text.optional(),
    project: text.optional(),
  })
  .refine(({ type, project }) => type === "cloud" || project === undefined, {
    path: ["project"],
    error: "is known to the backend cloud only",
  });

const azurerm = z
  .strictObject({
    type: z.literal("azurerm"),
    storageAccount: text,
    container: text,
    prefix: text.optional(),
    resourceGroup: text.optional(),
    subscriptionId: text.optional(),
    tenantId: text.optional(),
    useAzureAd: flag,
    useOidc: flag,
  })
  .refine(({ useAzureAd, resourceGroup }) => useAzureAd || resourceGroup !== undefined, {
    path: ["resourceGroup"],
    error: "is needed to look up the access key; set it, or useAzureAd",
  });

const http = z.strictObject({
  type: z.literal("http"),
  address: ofStack,
  lockAddress: ofStack.optional(),
  lockMethod: text.optional(),
  unlockMethod: text.optional(),
  updateMethod: text.optional(),
});

const other = z
  .strictObject({ type: z.literal("other"), name: text, settings: z.record(z.string(), setting) })
  .refine(({ settings }) => JSON.stringify(settings).includes("{stack}"), {
    path: ["settings"],
    error: "must contain {stack}: each stack has its own state",
  });

const schemas: Readonly<Record<BackendOptions["type"], z.ZodType>> = {
  ...{ local, s3, gcs, azurerm, http, other },
  ...{ cloud: workspaces, remote: workspaces },
};

/** What is wrong with a backend, as `kmsKey: unknown`; undefined if it is valid. @param value from a program or a file */
export function backendProblem(value: unknown): string | undefined {
  const { type } = (value ?? {}) as { type?: unknown };
  const schema = schemas[type as BackendOptions["type"]];
  if (schema === undefined)
    return `type: ${JSON.stringify(type)} is not one of ${Object.keys(schemas).join(", ")}`;
  const issue = schema.safeParse(value).error?.issues[0];
  if (issue === undefined) return undefined;
  return [...issue.path, ""].map(String).join(": ") + issue.message;
}
