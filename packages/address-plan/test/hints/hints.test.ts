/* eslint-disable @typescript-eslint/no-explicit-any -- the tests write what the type of a plan forbids */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { type PlanDefinitionInput } from "../../src";
import { renderStackRecord } from "../../src/stacks";
import { checkLock } from "../../src/update";
import { examplePlan } from "../example-plan";
import { exampleRecord } from "../stacks/example-record";
import { applyHint } from "./hint";
import { Repository } from "../example-repository";

type Plan = PlanDefinitionInput & { clusters: Record<string, any>; environments: Record<string, any> };
type Change = (plan: Plan) => unknown;

/** Hints that may follow one another before the plan is valid. */
const MOST_HINTS = 2;

/** Applies the hint of every refusal until `attempt` succeeds. @returns the refusals */
async function refusals(repository: Repository, attempt: () => unknown): Promise<string[]> {
  const messages: string[] = [];
  for (;;) {
    try {
      await attempt();
      return messages;
    } catch (error) {
      expect((error as Error).name).toBe("AddressPlanError");
      messages.push((error as Error).message);
    }
    expect(messages.length).toBeLessThanOrEqual(MOST_HINTS);
    await applyHint(repository, messages.at(-1)!);
  }
}

const payments =
  (change: object): Change =>
  (plan) =>
    Object.assign(plan.clusters["prod-payments"], change);
const search =
  (change: object): Change =>
  (plan) =>
    Object.assign(plan.clusters["prod-search"], change);
const prodAws =
  (change: object): Change =>
  (plan) =>
    Object.assign(plan.environments["prod"].aws, change);
const rename = (plan: Plan, from: string, to: string): void => {
  plan.clusters[to] = plan.clusters[from];
  delete plan.clusters[from];
};

/** The VPCs of an environment are in another space than its new ones. */
const movedNodes: Change = (plan) => {
  plan.spaces = { ...plan.spaces, edge: "20.0.0.0/8" };
  plan.regions.aws!["eu-central-1"]!["edge"] = "/12";
  Object.assign(plan.environments["prod"].aws, { edge: "/14", nodesFrom: "edge" });
};

/** Refused changes of a new plan, or of one with deployed clusters, by the first words of the refusal. */
const plans: readonly (readonly [refusal: string, change: Change])[] = [
  // Names and types.
  [
    "is not the name of the organisation",
    (plan) => (plan.organisation = "") || (plan.organisation = 7 as never),
  ],
  [
    "unknown key node",
    (plan) => ((plan.clusters["prod-payments"].node = 60), delete plan.clusters["prod-payments"].nodes),
  ],
  ["is not a whole number from 1", payments({ nodes: 0 })],
  ["is not a whole number from 8", search({ podsPerNode: 4 })],
  ["is not a whole number from 5", payments({ vpcCidrQuota: 4 })],
  ["missing; set a whole number", (plan) => delete plan.clusters["prod-payments"].nodes],
  ["is not a supported cloud", payments({ cloud: "azure" })],
  ["is not planned or ipam-assigned", payments({ vpcCidr: "ipam" })],
  ["is not a name of 2 to 40", (plan) => rename(plan, "dev-apps", "Dev_Apps")],
  ["is not a block size", (plan) => (plan.environments["prod"].aws.eks = "/40")],
  ["is the name of a setting", (plan) => ((plan.spaces as any).eks = "172.16.0.0/12")],
  // Spaces and reserved ranges.
  ["no spaces", (plan) => Object.assign(plan, { spaces: {}, environments: {}, regions: {}, clusters: {} })],
  ["host bits are set", (plan) => ((plan.spaces as any).primary = "10.1.2.3/8")],
  ["is too small or too large", (plan) => ((plan.spaces as any).primary = ["10.0.0.0/8", "172.16.0.0/30"])],
  ["overlaps 10.0.0.0/8 of the space primary", (plan) => ((plan.spaces as any).pods = "10.64.0.0/10")],
  [
    "overlaps 10.0.0.0/8 of the same space",
    (plan) => ((plan.spaces as any).primary = ["10.0.0.0/8", "10.0.0.0/16"]),
  ],
  ["cannot be an additional CIDR", (plan) => ((plan.spaces as any).pods = "172.16.0.0/12")],
  [
    "cannot be an additional CIDR",
    (plan) => Object.assign(plan.spaces, { pods: "172.16.0.0/12", other: "100.64.0.0/10" }),
  ],
  ["is listed twice", (plan) => plan.reserved!.push({ cidr: "10.200.0.0/13", owner: "again" })],
  [
    "unknown key pod",
    (plan) => (
      ((plan.regions.aws as any)["eu-central-1"].pod = "/12"),
      delete plan.regions.aws!["eu-central-1"]!.pods
    ),
  ],
  [
    "unknown key pod",
    (plan) => ((plan.environments["prod"].aws.pod = "/14"), delete plan.environments["prod"].aws.pods),
  ],
  ["no space prmary", prodAws({ nodesFrom: "prmary" })],
  ["missing; set a block size", (plan) => delete plan.environments["prod"].aws.eksPods],
  ["missing; set a block size", (plan) => delete plan.environments["prod"].aws.pods],
  ["nodes and pods come from the same space", prodAws({ podsFrom: "primary" })],
  [
    "ends with -pods",
    (plan) => (
      (plan.environments["dev-pods"] = plan.environments["dev"]),
      delete plan.environments["dev"],
      Object.values(plan.clusters).forEach(
        (cluster) => cluster.environment === "dev" && (cluster.environment = "dev-pods"),
      )
    ),
  ],
  // Regions, environments and zones.
  ["unknown aws region eu-centrall-1", payments({ region: "eu-centrall-1" })],
  [
    "unknown aws region eu-west-9",
    (plan) => (
      ((plan.regions.aws as any)["eu-west-9"] = plan.regions.aws!["eu-west-1"]),
      delete plan.regions.aws!["eu-west-1"]
    ),
  ],
  [
    "region eu-north-1 has no block;",
    payments({ region: "eu-north-1", zones: ["eu-north-1a", "eu-north-1b"] }),
  ],
  [
    "region eu-central-1 has no block in the space pods",
    (plan) => delete plan.regions.aws!["eu-central-1"]!.pods,
  ],
  ["unknown environment prd", payments({ environment: "prd" })],
  ["environment dev has no blocks on google", (plan) => delete plan.environments["dev"].google],
  ["environment dev has no blocks on aws", (plan) => delete plan.environments["dev"].aws],
  ["EKS needs subnets in at least 2 zones", payments({ zones: ["eu-central-1a"] })],
  ["no zones", payments({ zones: [] })],
  ["is not a zone of", payments({ zones: ["eu-central-1a", "eu-west-1a"] })],
  ["is listed twice", payments({ zones: ["eu-central-1a", "eu-central-1b", "eu-central-1a"] })],
  ["EKS does not create control planes", payments({ zones: ["eu-central-1a", "use1-az3"] })],
  ["is not a list of zones", payments({ zones: "eu-central-1a, eu-central-1b" })],
  // Nodes and pods.
  ["is not in the table", payments({ instanceType: "m7i.2xlage" })],
  ["pods per node exceed", (plan) => (plan.clusters["dev-apps"].podsPerNode = 200)],
  ["6,000 pods do not fit on 20 nodes", payments({ nodes: 20 })],
  // Space.
  ["no aligned /18 is free", prodAws({ eksPods: "/18" })],
  ["no aligned /15 is free", prodAws({ primary: "/16", eks: "/15" })],
  [
    "no aligned /9 is free",
    (plan) =>
      (plan.regions.aws!["eu-west-1"]!["primary"] = "/9") &&
      plan.reserved!.push({ cidr: "10.0.0.0/9", owner: "x" }),
  ],
  ["no aligned /16 is free", payments({ nodes: 6000, pods: 600_000 })],
  ["no aligned /12 is free", (plan) => (plan.reserved = [{ cidr: "10.0.0.0/7", owner: "on-premises" }])],
  ["no aligned /9 is free", search({ nodes: 15_000, podsPerNode: 256, growthPercent: 200 })],
  // VPCs.
  [
    "but the quota is 5",
    (plan) =>
      [payments({ nodes: 900, pods: 60_000 }), prodAws({ eksPods: "/13", pods: "/13" })].forEach((change) =>
        change(plan),
      ),
  ],
  [
    "AWS allows at most 50",
    (plan) => {
      payments({ nodes: 9000, pods: 990_000, growthPercent: 1000, vpcCidrQuota: 50 })(plan);
      (plan.spaces as any).pods = ["100.64.0.0/10", "20.0.0.0/6"];
      plan.regions.aws!["eu-central-1"]!["pods"] = "/7";
      prodAws({ pods: "/7", eksPods: "/7" })(plan);
    },
  ],
];

describe("a new plan", () => {
  test.each(plans)("%s", async (refusal, change) => {
    const repository = new Repository(examplePlan());
    change(repository.plan as Plan);
    try {
      const [first] = await refusals(repository, async () => (await repository.update(), repository.load()));
      expect(first).toContain(refusal);
    } finally {
      repository.remove();
    }
  });
});

/** Refused changes of a plan with deployed clusters. */
const growth: readonly (readonly [refusal: string, change: Change])[] = [
  ["no aligned", payments({ nodes: 4000, pods: 400_000 })],
  ["no aligned", search({ nodes: 9000, pods: 20_000, growthPercent: 300 })],
  ["but the quota is 5", payments({ nodes: 200, pods: 20_000 })],
  ["no aligned /13 is free", (plan) => (plan.environments["prod"].google.gke = "/12")],
  ["no aligned", (plan) => (plan.regions.aws!["eu-central-1"]!["primary"] = "/8")],
  [
    "no aligned /12 is free in 10.0.0.0/8, 172.16.0.0/12",
    (plan) => ((plan.spaces as any).primary = "172.16.0.0/12"),
  ],
  [
    "no aligned",
    (plan) =>
      [movedNodes, payments({ nodes: 6000, vpcCidrQuota: 50, pods: 6000 })].forEach((change) => change(plan)),
  ],
  [
    "which is allocated; remove 10.208.0.0/24 from reserved",
    (plan) => plan.reserved!.push({ cidr: "10.208.0.0/24", owner: "x" }),
  ],
  [
    "which is allocated; reserve 10.128.0.0/10, 10.192.0.0/12 instead",
    (plan) => plan.reserved!.push({ cidr: "10.128.0.0/9", owner: "x" }),
  ],
  ["which is allocated; reserve", (plan) => plan.reserved!.push({ cidr: "10.248.0.0/18", owner: "x" })],
  [
    "the lock has no cluster prod-pay;",
    (plan) => (
      rename(plan, "prod-payments", "prod-shop"),
      (plan.clusters["prod-shop"].renamedFrom = "prod-pay")
    ),
  ],
  [
    "the lock has no cluster abc;",
    (plan) => (plan.clusters["new"] = { ...plan.clusters["dev-apps"], renamedFrom: "abc" }),
  ],
  [
    "dev-apps is still in the plan",
    (plan) => (plan.clusters["new"] = { ...plan.clusters["dev-apps"], renamedFrom: "dev-apps" }),
  ],
  [
    "was renamed from dev-apps too",
    (plan) => {
      plan.clusters["one"] = plan.clusters["two"] = { ...plan.clusters["dev-apps"], renamedFrom: "dev-apps" };
      plan.clusters["two"] = { ...plan.clusters["two"] };
      delete plan.clusters["dev-apps"];
    },
  ],
  [
    "a cluster cannot move",
    (plan) =>
      Object.assign(plan.clusters["dev-apps"], {
        region: "eu-central-1",
        zones: ["eu-central-1a", "eu-central-1b"],
      }),
  ],
  ["a cluster cannot move", payments({ environment: "dev", nodes: 4, pods: 40, growthPercent: 0 })],
];

describe("a plan with clusters", () => {
  test.each(growth)("%s", async (refusal, change) => {
    const repository = new Repository(examplePlan());
    try {
      await repository.update();
      change(repository.plan as Plan);
      const [first] = await refusals(repository, async () => (await repository.update(), repository.load()));
      expect(first).toContain(refusal);
    } finally {
      repository.remove();
    }
  });

  test("the name in the cloud of a renamed cluster", async () => {
    const repository = new Repository(examplePlan());
    const plan = repository.plan as Plan;
    try {
      await repository.update();
      rename(plan, "dev-apps", "dev-store");
      plan.clusters["dev-store"].renamedFrom = "dev-apps";
      await repository.update();
      delete plan.clusters["dev-store"].renamedFrom;
      plan.clusters["dev-apps"] = { ...plan.clusters["dev-store"] };
      const [first] = await refusals(repository, () => repository.update());
      expect(first).toContain("dev-apps is the name in the cloud of dev-store");
      expect(Object.keys(plan.clusters)).toContain("renamed");
    } finally {
      repository.remove();
    }
  });
});

test("a VPC that was planned cannot be assigned by IPAM", async () => {
  const repository = new Repository(examplePlan());
  try {
    await repository.update();
    payments({ vpcCidr: "ipam-assigned" })(repository.plan as Plan);
    const [first] = await refusals(repository, () => repository.update());
    expect(first).toContain("its VPC was created with vpcCidr: planned");
  } finally {
    repository.remove();
  }
});

test("a CIDR that left a space with blocks does not join another", async () => {
  const repository = new Repository(examplePlan());
  const { plan } = repository;
  try {
    plan.spaces = { primary: "10.0.0.0/8", pods: ["100.64.0.0/10", "20.0.0.0/8"] } as never;
    plan.regions.aws!["eu-north-1"] = { primary: "/14", pods: "/9" };
    await repository.update();
    plan.spaces = { primary: ["10.0.0.0/8", "20.0.0.0/8"], pods: "100.64.0.0/10" } as never;
    delete plan.regions.aws!["eu-north-1"];
    const [first] = await refusals(repository, () => repository.update());
    expect(first).toContain("which the space pods keeps until");
  } finally {
    repository.remove();
  }
});

test("a misspelled key to release, and a misspelled cluster", async () => {
  const repository = new Repository(examplePlan());
  try {
    await repository.update();
    const suggested = async (attempt: () => unknown): Promise<string> => {
      const error = await Promise.resolve()
        .then(attempt)
        .catch((refusal: unknown) => refusal as Error);
      return /did you mean (.*)\?$/.exec((error as Error).message)![1]!;
    };
    await repository.update([await suggested(() => repository.update(["dev-aps"]))]);
    const key = await suggested(() => repository.update(["aws/eu-west-1/dev/eks/dev-app"]));
    await repository.update([key]);
    const plan = repository.load();
    expect(plan.eks(await suggested(() => plan.eks("prod-payment"))).name).toBe("prod-payments");
  } finally {
    repository.remove();
  }
});

test("a missing lock of recorded stacks", async () => {
  const repository = new Repository(examplePlan());
  try {
    mkdirSync(join(repository.directory, "apps/dev"), { recursive: true });
    await repository.commit();
    repository.write("apps/dev/stacks.lock.json", renderStackRecord(exampleRecord));
    rmSync(join(repository.directory, "addresses.lock.json"));
    const [first] = await refusals(repository, () => repository.update());
    expect(first).toContain("may be deployed with its addresses");
  } finally {
    repository.remove();
  }
});

const lockOf = (repository: Repository): string =>
  readFileSync(join(repository.directory, "addresses.lock.json"), "utf8");
const edit = (from: string, to: string) => (repository: Repository) => {
  expect(lockOf(repository)).toContain(from);
  repository.write("addresses.lock.json", lockOf(repository).replace(from, to));
};

const damages: readonly (readonly [refusal: string, damage: (repository: Repository) => unknown])[] = [
  ["10.208.0.0/12 overlaps", edit(`"10.224.0.0/12"`, `"10.208.0.0/12"`)],
  ["is outside", edit(`"10.208.0.0/16"`, `"10.16.0.0/16"`)],
  ["host bits are set", edit(`"10.208.0.0/16"`, `"10.208.64.0/16"`)],
  ["not JSON", edit("}\n", "")],
  ["malformed", edit(`"cidr": "10.208.0.0/12", `, "")],
  ["listed twice", edit(`"aws/eu-west-1"`, `"aws/eu-central-1"`)],
  ["which has no entry", edit(`"aws/eu-west-1"`, `"aws/eu-west-3"`)],
  ['the lock records "/13"', edit(`"/12"`, `"/13"`)],
  ["merge conflict", edit(`  "spaces"`, `<<<<<<< HEAD\n=======\n>>>>>>> main\n  "spaces"`)],
  ["not formatted as npm run addresses writes it", edit("\n}\n", "\n}")],
  ["not found next to addresses.yaml", ({ directory }) => rmSync(join(directory, "addresses.lock.json"))],
];

test.each(damages)("a damaged lock: %s", async (refusal, damage) => {
  const repository = new Repository(examplePlan());
  try {
    await repository.commit();
    damage(repository);
    const [first] = await refusals(repository, () => checkLock(repository.directory));
    expect(first).toContain(refusal);
  } finally {
    repository.remove();
  }
});
