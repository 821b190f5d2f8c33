import { z } from "zod";
import {
  awsAccountId,
  backendAddress,
  deletionProtection,
  googleProject,
  readAppEnvironment,
} from "../../src";

const settings = {
  awsAccountId: awsAccountId.default("111111111111"),
  googleProject,
  backend: backendAddress,
  deletionProtection,
  size: z.enum(["small", "large"], "is not a size; use small or large").default("small"),
};

test("variables are named after the app and the setting", () => {
  const env = {
    PRE_PROD_AWS_ACCOUNT_ID: "012345678901",
    PRE_PROD_GOOGLE_PROJECT: "acme-pre-prod",
    PRE_PROD_BACKEND: "gcs://states",
    PRE_PROD_DELETION_PROTECTION: "off",
    PRE_PROD_SIZE: "large",
    PROD_AWS_ACCOUNT_ID: "999999999999",
  };
  expect(readAppEnvironment("pre-prod", settings, env)).toEqual({
    awsAccountId: "012345678901",
    googleProject: "acme-pre-prod",
    backend: { type: "gcs", bucket: "states", prefix: undefined },
    deletionProtection: "off",
    size: "large",
  });
});

test("unset variables take their defaults", () => {
  expect(readAppEnvironment("dev", settings, { DEV_GOOGLE_PROJECT: "acme-dev", DEV_SIZE: "" })).toEqual({
    awsAccountId: "111111111111",
    googleProject: "acme-dev",
    backend: { type: "local", directory: "../../../state" },
    deletionProtection: "on",
    size: "small",
  });
});

test.each([
  [{}, "DEV_GOOGLE_PROJECT: is not set; use 6 to 30 lower-case letters"],
  [
    { DEV_GOOGLE_PROJECT: "acme-dev", DEV_DELETION_PROTECTION: "no" },
    'DEV_DELETION_PROTECTION: "no" is not on or off; use one of them',
  ],
])("rejects %j with the variable's name", (env, message) => {
  expect(() => readAppEnvironment("dev", settings, env)).toThrow(message);
});
