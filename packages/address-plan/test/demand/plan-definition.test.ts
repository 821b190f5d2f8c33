import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { AddressPlan, allocate, parsePlan } from "../../src";
import { examplePlan } from "../example-plan";

const yaml = readFileSync(join(__dirname, "plan.yaml"), "utf8");

test("a plan from YAML equals a plan from memory", () => {
  expect(allocate(parse(yaml)).lock).toEqual(allocate(examplePlan()).lock);
  expect(parsePlan(yaml, "plan.yaml").clusters["prod-search"]).toMatchObject({
    nodes: 100,
    podsPerNode: 110,
  });
});

test.each([
  [
    "nodes: 60",
    "node: 60",
    `plan.yaml:43: clusters.prod-payments.node: unknown key node; did you mean nodes?`,
  ],
  [
    "nodes: 60",
    "nodes: sixty",
    `plan.yaml:43: clusters.prod-payments.nodes: "sixty" is not a whole number from 1 to 15,000`,
  ],
  [
    "nodes: 60",
    "nodes: 0",
    `plan.yaml:43: clusters.prod-payments.nodes: 0 is not a whole number from 1 to 15,000`,
  ],
  [
    "nodes: 60",
    "nodes: 2.5",
    `plan.yaml:43: clusters.prod-payments.nodes: 2.5 is not a whole number from 1 to 15,000`,
  ],
  [
    "nodes: 60",
    "nodes: 20",
    "plan.yaml:44: clusters.prod-payments.pods: 6,000 pods do not fit on 20 nodes × 110 pods; use at least 55 nodes",
  ],
  [
    "cloud: aws",
    "cloud: azure",
    `plan.yaml:26: clusters.dev-apps.cloud: "azure" is not a supported cloud; use aws or google`,
  ],
  [
    "region: eu-central-1",
    "region: eu-centrall-1",
    "plan.yaml:40: clusters.prod-payments.region: unknown aws region eu-centrall-1; did you mean eu-central-1?",
  ],
  [
    "region: eu-central-1",
    "region: eu-north-1",
    "plan.yaml:40: clusters.prod-payments.region: region eu-north-1 has no block; set regions.aws.eu-north-1 to { primary: /12, pods: /12 }",
  ],
  [
    "eu-central-1c]",
    "eu-central-1d]",
    "plan.yaml:41: clusters.prod-payments.zones.2: eu-central-1d is not a zone of eu-central-1; use eu-central-1a, eu-central-1b, eu-central-1c",
  ],
  [
    "eu-central-1c]",
    "eu-central-1a]",
    "plan.yaml:41: clusters.prod-payments.zones.2: zone eu-central-1a is listed twice; list it once",
  ],
  [
    "eu-central-1c]",
    "use1-az3]",
    "plan.yaml:41: clusters.prod-payments.zones.2: EKS does not create control planes in use1-az3; use another zone of eu-central-1",
  ],
  [
    "[eu-west-1a, eu-west-1b]",
    "[eu-west-1a]",
    "plan.yaml:29: clusters.dev-apps.zones: EKS needs subnets in at least 2 zones, not 1; add one of eu-west-1b, eu-west-1c",
  ],
  ["[eu-west-1a, eu-west-1b]", "[]", "plan.yaml:29: clusters.dev-apps.zones: no zones; list 1 to 6 zones"],
  [
    "m7i.2xlarge",
    "m7i.2xlage",
    "plan.yaml:42: clusters.prod-payments.instanceType: instance type m7i.2xlage is not in the table (for other types, set instanceShape); did you mean m7i.2xlarge?",
  ],
  [
    "podsPerNode: 30",
    "podsPerNode: 200",
    "plan.yaml:33: clusters.dev-apps.podsPerNode: 200 pods per node exceed the 162 that t3.medium supports in pod subnets; use 162 or a larger type",
  ],
  [
    "environment: prod",
    "environment: prd",
    "plan.yaml:39: clusters.prod-payments.environment: unknown environment prd; did you mean prod?",
  ],
  [
    "google: { primary: /13, gke: /14 }",
    "google",
    "plan.yaml:21:5: invalid YAML: Implicit map keys need to be followed by map values",
  ],
  [
    "    nodes: 60\n",
    "",
    "plan.yaml:38: clusters.prod-payments.nodes: missing; set a whole number from 1 to 15,000",
  ],
  [
    "podsPerNode: 32",
    "podsPerNode: 4",
    "plan.yaml:53: clusters.dev-search.podsPerNode: 4 is not a whole number from 8 to 256",
  ],
  [
    "pods: 200",
    "pods: 400",
    "plan.yaml:52: clusters.dev-search.pods: 400 pods do not fit on 8 nodes × 32 pods; use at least 13 nodes",
  ],
  [
    "primary: 10.0.0.0/8",
    "primary: 10.1.2.3/8",
    "plan.yaml:3: spaces.primary: 10.1.2.3/8: host bits are set; write 10.0.0.0/8",
  ],
  [
    "primary: 10.0.0.0/8",
    "primary: fd00::/8",
    "plan.yaml:3: spaces.primary: fd00::/8: is an IPv6 prefix; an IPv4 prefix is required",
  ],
  [
    "primary: 10.0.0.0/8",
    "primary: 10.0.0.0/30",
    "plan.yaml:3: spaces.primary: 10.0.0.0/30 is too small or too large for a space; use /4 to /24",
  ],
  [
    "pods: 100.64.0.0/10",
    "pods: 10.64.0.0/10",
    "plan.yaml:4: spaces.pods: 10.64.0.0/10 overlaps 10.0.0.0/8 of the space primary; use another range such as 100.64.0.0/10",
  ],
  [
    "pods: 100.64.0.0/10",
    "pods: 172.16.0.0/12",
    "plan.yaml:4: spaces.pods: 172.16.0.0/12 cannot be an additional CIDR of the VPCs of dev in 10.0.0.0/8: a VPC with a primary CIDR in 10.0.0.0/8 accepts no CIDR in 172.16.0.0/12; set spaces.pods to 100.64.0.0/10",
  ],
  [
    "cidr: 192.168.0.0/16",
    "cidr: 10.200.0.0/13",
    "plan.yaml:7: reserved.1.cidr: 10.200.0.0/13 is listed twice (on-premises: office); remove one of them",
  ],
  [
    "eu-west-1: { primary: /12",
    "ireland: { primary: /12",
    "plan.yaml:12: regions.aws.ireland: unknown aws region ireland; use one such as ap-east-1, ca-west-1, eu-west-1",
  ],
  [
    "eu-west-1: { primary: /12",
    "eu-west-9: { primary: /12",
    "plan.yaml:12: regions.aws.eu-west-9: unknown aws region eu-west-9; did you mean eu-west-1?",
  ],
  [
    "eu-west-1: { primary: /12",
    "eu-west-1: { primary: /40",
    `plan.yaml:12: regions.aws.eu-west-1.primary: "/40" is not a block size from /1 to /28 such as /16`,
  ],
  [
    "eu-west-1: { primary: /12",
    "eu-west-1: { primary: 12",
    "plan.yaml:12: regions.aws.eu-west-1.primary: 12 is not a block size from /1 to /28 such as /16",
  ],
  [
    "  dev:",
    "  dev-pods:",
    `plan.yaml:17: environments.dev-pods: "dev-pods" ends with -pods, like the pools of the space pods; use another ending`,
  ],
  [
    "  dev-apps:",
    "  Dev_Apps:",
    `plan.yaml:26: clusters.Dev_Apps: "Dev_Apps" is not a name of 2 to 40 characters from a–z, 0–9 and '-' that starts with a letter and does not end with '-'`,
  ],
  ["  prod-search:", "  dev-search:", "plan.yaml:54:3: invalid YAML: Map keys must be unique"],
])("reports line, path, value and fix: %s → %s", (right, wrong, message) => {
  expect(yaml).toContain(right);
  let error: Error | undefined;
  try {
    parsePlan(yaml.replace(right, wrong), "/somewhere/plan.yaml");
  } catch (caught) {
    error = caught as Error;
  }
  expect(error?.name).toBe("AddressPlanError");
  expect(error?.message.replace(/ \(and \d+ more\)$/, "")).toBe(message);
});

test("rejects an empty plan and a plan that is not an object", () => {
  expect(() => parsePlan("# nothing yet\n", "addresses.yaml")).toThrow(
    "addresses.yaml: the plan is empty; see the README of @cluster-ipam/address-plan for an example",
  );
  expect(() => parsePlan("- a list", "addresses.yaml")).toThrow(
    'addresses.yaml:1: plan: ["a list"] is not an object with organisation, spaces, reserved, regions, environments, clusters',
  );
});

test("rejects a name that JavaScript objects cannot hold, as a section and as a cluster", () => {
  for (const yaml of ["clusters:\n  __proto__: {}\n", "__proto__:\n  spaces: {}\n"])
    expect(() => parsePlan(yaml, "addresses.yaml")).toThrow(
      /^addresses\.yaml:[12]: __proto__ is not a valid name; use lower-case letters, digits and hyphens$/,
    );
});

test("rejects a cluster in an environment without blocks on its cloud", () => {
  const plan = examplePlan();
  delete plan.environments["dev"]!.google;
  expect(() => allocate(plan)).toThrow(
    "clusters.dev-search.environment: environment dev has no blocks on google; set environments.dev.google to { primary: /14, gke: /15 }",
  );
});

test("an instance type outside the table is planned by its shape", () => {
  const plan = examplePlan();
  const apps = { ...plan.clusters["dev-apps"]!, instanceType: "x9.large", podsPerNode: 20 };
  const instanceShape = { enis: 3, addressesPerEni: 4, vcpus: 2 };
  plan.clusters = { "dev-apps": { ...apps, instanceShape } as typeof apps };
  const cluster = AddressPlan.from(plan, allocate(plan).lock).eks("dev-apps");
  expect(cluster.instanceTypes).toEqual(["x9.large"]);
  expect(cluster.capacity.limits.find((limit) => limit.name === "pods per node")!.formula).toBe(
    "10 nodes × 20 pods (the instance type supports 98)",
  );
});

test("a plan survives a round trip through YAML", () => {
  expect(parsePlan(stringify(examplePlan()), "plan.yaml")).toEqual(parsePlan(yaml, "plan.yaml"));
});
