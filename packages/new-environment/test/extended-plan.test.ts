import { extendedPlan } from "../src/extended-plan";

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

test("the environment and its clusters come last, and every line that was there stays", () => {
  expect(extendedPlan(plan, "staging", "addresses.yaml")).toBe(extended);
});

test("what is already there as it would be added is left as it is", () => {
  expect(extendedPlan(extended, "staging", "addresses.yaml")).toBe(extended);
});

test("what is already there in another form is not touched", () => {
  expect(() => extendedPlan(extended.replace(/10\n$/, "11\n"), "staging", "addresses.yaml")).toThrow(
    "addresses.yaml: clusters.staging-apps exists already; choose another name, or remove it",
  );
});

test("without a model there is nothing to follow", () => {
  expect(() => extendedPlan(plan.replace(/dev/g, "lab"), "staging", "addresses.yaml")).toThrow(
    "addresses.yaml: environments.dev or its clusters are missing",
  );
});
