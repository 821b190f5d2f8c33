import { awsAccountId, backendAddress, googleProject, readVariables } from "../../src/environment/variables";

const variables = {
  ACCOUNT: awsAccountId.default("111111111111"),
  PROJECT: googleProject,
  BACKEND: backendAddress,
};

test("unset and empty variables take their defaults", () => {
  expect(readVariables(variables, { PROJECT: "example-dev", ACCOUNT: "" })).toEqual({
    ACCOUNT: "111111111111",
    PROJECT: "example-dev",
    BACKEND: { type: "local", directory: "../../../state" },
  });
});

test.each([
  ["local:../state", { type: "local", directory: "../state" }],
  ["s3://states/dev?region=eu-west-1", { type: "s3", bucket: "states", region: "eu-west-1", prefix: "dev" }],
  ["gcs://states/a/b/", { type: "gcs", bucket: "states", prefix: "a/b" }],
  ["gcs://states", { type: "gcs", bucket: "states", prefix: undefined }],
])("%s is a backend", (address, backend) => {
  expect(readVariables(variables, { PROJECT: "example-dev", BACKEND: address }).BACKEND).toEqual(backend);
});

test.each([
  [{ ACCOUNT: "123", PROJECT: "example-dev" }, 'ACCOUNT: "123" is not an AWS account id; use its 12 digits'],
  [{}, "PROJECT: is not set; use 6 to 30 lower-case letters, digits and hyphens, starting with a letter"],
  [{ PROJECT: "Dev" }, 'PROJECT: "Dev" is not a Google Cloud project id; use 6 to 30'],
  [
    { PROJECT: "example-dev", BACKEND: "s3://states" },
    'BACKEND: "s3://states" is not a backend; use local:<folder>',
  ],
  [{ PROJECT: "example-dev", BACKEND: "local:/root/state" }, 'BACKEND: "local:/root/state" is not a backend'],
])("rejects an invalid environment in one sentence: %j", (env, message) => {
  expect(() => readVariables(variables, env)).toThrow(message);
});
