import { Fn } from "cdktf";
import { resourceName } from "../../src";

test.each([
  ["google", "a"],
  ["google", `a${"-".repeat(61)}9`],
  ["gke-cluster", "a".repeat(40)],
  ["eks-cluster", "9_Prod-A"],
  ["eks-cluster", "a".repeat(50)],
] as const)("%s takes %s", (resource, name) => {
  expect(resourceName("prod", name, resource)).toBe(name);
});

test.each([
  ["google", "", 'prod: the Google Cloud name "" has 0 characters; use 1 to 63'],
  ["google", "a".repeat(64), "has 64 characters; use 1 to 63"],
  ["google", "Prod", 'the Google Cloud name "Prod" is not valid; use lower-case letters'],
  ["google", "9a", "starting with a letter"],
  ["google", "a-", "not ending with a hyphen"],
  ["gke-cluster", "a".repeat(41), "has 41 characters; use 1 to 40"],
  ["eks-cluster", "-a", "starting with a letter or digit"],
  ["eks-cluster", "a".repeat(51), "use 1 to 50"],
] as const)("%s rejects %s", (resource, name, message) => {
  expect(() => resourceName("prod", name, resource)).toThrow(message);
});

test("accepts a name known only after apply", () => {
  const name = Fn.lower("PROD");
  expect(resourceName("prod", name, "google")).toBe(name);
});
