import { extendPlan } from "../src/plan-extension";

const plan = `# The plan of all.
environments:
  # Small.
  dev: { aws: { primary: /16 } } # cheap
clusters:
  dev-apps:
    environment: dev # theirs
    nodes: 10

  prod-apps:
    environment: prod
    nodes: 90
`;

const extended = `# The plan of all.
environments:
  # Small.
  dev: { aws: { primary: /16 } } # cheap
  staging: { aws: { primary: /16 } } # cheap
clusters:
  dev-apps:
    environment: dev # theirs
    nodes: 10

  prod-apps:
    environment: prod
    nodes: 90

  staging-apps:
    environment: staging # theirs
    nodes: 10
`;

test("adds the environment and its clusters at the end, and keeps every line", () => {
  expect(extendPlan(plan, "staging", "addresses.yaml")).toBe(extended);
});

test("does not change a plan that already has the environment", () => {
  expect(extendPlan(extended, "staging", "addresses.yaml")).toBe(extended);
});

test("rejects a plan with a different environment of this name", () => {
  expect(() => extendPlan(extended.replace(/10\n$/, "11\n"), "staging", "addresses.yaml")).toThrow(
    "addresses.yaml: clusters.staging-apps already exists; choose another name, or remove it",
  );
});

test("rejects a plan without the template", () => {
  expect(() => extendPlan(plan.replace(/dev/g, "lab"), "staging", "addresses.yaml")).toThrow(
    "addresses.yaml: environments.dev or its clusters are missing",
  );
});
