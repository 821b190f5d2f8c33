import {
  backendAddressOf,
  type BackendOptions,
  fillVariables,
  parseBackend,
  resolveBackend,
} from "../../src/stacks";
import { exampleRecord } from "./example-record";

test.each<[string, BackendOptions]>([
  ["local:../../../state", { type: "local", directory: "../../../state" }],
  ["s3://b/p/q?region=eu-west-1", { type: "s3", bucket: "b", prefix: "p/q", region: "eu-west-1" }],
  ["s3://b?region=eu-west-1", { type: "s3", bucket: "b", prefix: undefined, region: "eu-west-1" }],
  ["gcs://b/p", { type: "gcs", bucket: "b", prefix: "p" }],
  [
    "s3://b?region=eu-west-1&kms_key_id=arn:aws:kms:eu-west-1:1:key/k&profile=deploy&role_arn=arn:aws:iam::1:role/r",
    {
      ...{ type: "s3", bucket: "b", region: "eu-west-1", profile: "deploy", prefix: undefined },
      kmsKeyArn: "arn:aws:kms:eu-west-1:1:key/k",
      assumeRole: { roleArn: "arn:aws:iam::1:role/r" },
    },
  ],
  [
    "gcs://b?impersonate_service_account=a@p.iam.gserviceaccount.com&kms_encryption_key=projects/p/key",
    {
      ...{ type: "gcs", bucket: "b", prefix: undefined, kmsKeyName: "projects/p/key" },
      impersonateServiceAccount: "a@p.iam.gserviceaccount.com",
    },
  ],
  ['{"type":"cloud","organization":"acme"}', { type: "cloud", organization: "acme" }],
  [
    '{"type":"s3","bucket":"b","region":"r","lockFile":false}',
    { type: "s3", bucket: "b", region: "r", lockFile: false },
  ],
  ['{"type":"gcs","bucket":"b","prefix":"a//b "}', { type: "gcs", bucket: "b", prefix: "a//b " }],
])("the address %s is a backend, and back", (address, backend) => {
  expect(parseBackend(address)).toEqual(backend);
  expect(backendAddressOf(backend)).toBe(address);
});

test.each(["s3://b", "s3://b?region=r&regoin=r", "gcs://b?region=r", "b", "{", '{"type":"gcs"}', "local:/a"])(
  "%s is no backend",
  (address) => expect(parseBackend(address)).toBeUndefined(),
);

test("a stack's folder is an address too", () => {
  expect(parseBackend(backendAddressOf({ type: "local" }))).toEqual({ type: "local", directory: "." });
});

test("variables are filled in from the environment, else by their defaults", () => {
  const variables = [{ name: "ACCOUNT" }, { name: "ROLE", default: "deploy" }];
  const value = {
    arn: ["arn:aws:iam::$ACCOUNT:role/$ROLE"],
    other: "$HOME ${local.x}",
    number: 1,
    none: null,
  };
  expect(fillVariables(value, variables, { ACCOUNT: "1", ROLE: "" }, "a")).toEqual({
    ...value,
    arn: ["arn:aws:iam::1:role/deploy"],
  });
  expect(() => fillVariables(value, variables, { ACCOUNT: "" }, "dev-apps")).toThrow(
    "stacks.lock.json: dev-apps: needs the environment variable ACCOUNT, which is not set; set it to the value that the stack was deployed with",
  );
});

test("the backend is the one of the environment, else the default", () => {
  expect(resolveBackend(exampleRecord, {})).toEqual({ type: "local", directory: "../../../state" });
  expect(resolveBackend(exampleRecord, { DEV_BACKEND: "gcs://states" })).toMatchObject({ bucket: "states" });
  expect(() => resolveBackend(exampleRecord, { DEV_BACKEND: "states" })).toThrow(
    'DEV_BACKEND: "states" is not a backend; use local:<folder>',
  );
});
