import { checkName, renameTemplate } from "../src/environment-name";

test.each(["staging", "qa", "pre-prod", "eu2", "a2345678901234567890"])("accepts %s", (name) => {
  expect(() => checkName(name)).not.toThrow();
});

test.each([
  "",
  "a",
  "Staging",
  "2nd",
  "-x",
  "x-",
  "a--b",
  "a_b",
  "../prod",
  "a b",
  "é1",
  "a23456789012345678901",
])("rejects %j in one sentence", (name) => {
  expect(() => checkName(name)).toThrow(
    `${JSON.stringify(name)} is not an environment name; use 2 to 20 characters from a–z, 0–9 and single '-' that ` +
      "start with a letter and do not end with '-', for example staging",
  );
});

test("rejects reserved names", () => {
  expect(() => checkName("network")).toThrow("network is reserved in this repository; choose another name");
});

test("replaces every form of the template's name, and nothing else", () => {
  const text = [
    'import { composeDev, devSettings, type DevSettings } from "./dev";',
    "/** Dev is small. What dev's owner changes. */ const x = { DEV_BACKEND: 1, device: 2, devDependencies: 3 };",
    'addresses.eks("dev-apps"); "cluster-ipam-dev"; "@cluster-ipam/dev-app"; example-dev; a develops',
  ].join("\n");
  expect(renameTemplate(text, "pre-prod")).toBe(
    [
      'import { composePreProd, preProdSettings, type PreProdSettings } from "./pre-prod";',
      "/** Pre-prod is small. What pre-prod's owner changes. */ const x = { PRE_PROD_BACKEND: 1, device: 2, devDependencies: 3 };",
      'addresses.eks("pre-prod-apps"); "cluster-ipam-pre-prod"; "@cluster-ipam/pre-prod-app"; example-pre-prod; a develops',
    ].join("\n"),
  );
});
