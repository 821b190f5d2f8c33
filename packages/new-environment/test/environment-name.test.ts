import { checkName, renamed } from "../src/environment-name";

test.each(["staging", "qa", "pre-prod", "eu2", "a2345678901234567890"])("%s is a name", (name) => {
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
])("%j is refused in one sentence", (name) => {
  expect(() => checkName(name)).toThrow(
    `${JSON.stringify(name)} is no name for an environment: it needs 2 to 20 of a–z, 0–9 and single '-', a letter ` +
      "first and no '-' last, for example staging",
  );
});

test("the network is no environment", () => {
  expect(() => checkName("network")).toThrow("network is reserved in this repository; choose another name");
});

test("every form of the model's name is written for the new one, and nothing else", () => {
  const text = [
    'import { composeDev, devSettings, type DevSettings } from "./dev";',
    "/** Dev is small. What dev's owner changes. */ const x = { DEV_BACKEND: 1, device: 2, devDependencies: 3 };",
    'addresses.eks("dev-apps"); "cluster-ipam-dev"; "@cluster-ipam/dev-app"; example-dev; a develops',
  ].join("\n");
  expect(renamed(text, "pre-prod")).toBe(
    [
      'import { composePreProd, preProdSettings, type PreProdSettings } from "./pre-prod";',
      "/** Pre-prod is small. What pre-prod's owner changes. */ const x = { PRE_PROD_BACKEND: 1, device: 2, devDependencies: 3 };",
      'addresses.eks("pre-prod-apps"); "cluster-ipam-pre-prod"; "@cluster-ipam/pre-prod-app"; example-pre-prod; a develops',
    ].join("\n"),
  );
});
