import { createColors } from "picocolors";
import { type EnvironmentPlan } from "../../../src/read/plan-document";
import { type PlanReview, type ReviewedPlan } from "../../../src/review/plan-review";
import { terminalReport } from "../../../src/render/terminal/terminal-report";
import { NO_CHANGES, totalCounts } from "../../../src/terraform/stack-plan";
import { EXAMPLE } from "../../example-report";

const plain = createColors(false);
const created = (count: number, type: string) =>
  Array.from({ length: count }, (_, at) => ({
    address: `${type}.n${at}`,
    type,
    action: "create" as const,
    imported: false,
    replacedBy: [],
  }));

const PROD: EnvironmentPlan = {
  name: "prod",
  stacks: [
    {
      stack: "prod-payments-network",
      planned: true,
      counts: { ...NO_CHANGES, create: 1200, read: 1 },
      changes: [...created(1198, "aws_subnet"), ...created(2, "aws_vpc")],
      warnings: [],
    },
    { stack: "prod-payments", planned: true, counts: NO_CHANGES, changes: [], warnings: [] },
  ],
};

const IN_ORDER: PlanReview = {
  ok: true,
  base: { name: "HEAD", hasLock: true },
  ...{ changes: [], violations: [], notices: [] },
};

function documentOf(...environments: EnvironmentPlan[]): ReviewedPlan {
  const stacks = environments.flatMap((environment) => environment.stacks);
  return {
    formatVersion: 1,
    ok: environments.every(({ failure }) => !failure) && stacks.every(({ planned }) => planned),
    terraform: { product: "Terraform", version: "1.11.4" },
    environments,
    totals: totalCounts(stacks.flatMap((stack) => (stack.planned ? stack : []))),
    addresses: EXAMPLE,
    review: IN_ORDER,
  };
}

test("shows counts, owners and capacity in 80 columns", () => {
  const text = terminalReport(documentOf(PROD), plain);

  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toMatchInlineSnapshot(`
      "Planned changes ────────────────────────────────────────────────────────────────
        Planned with Terraform 1.11.4 from an empty state.
        stack                      add  read  main types
        prod
          prod-payments-network  1,200     1  1,198 aws_subnet, 2 aws_vpc
          prod-payments              ·     ·
        total                    1,200     1

      Address ownership ──────────────────────────────────────────────────────────────
        CIDR                 addresses  owner
        10.0.0.0/8          16,777,216  example: nodes and GKE
        ├ 10.0.0.0/12        1,048,576  reserved: on premises
        └ 10.16.0.0/12       1,048,576  aws eu-central-1
          ├ 10.16.0.0/23           512  prod-payments VPC
          │ ├ 10.16.0.0/24         256  nodes eu-central-1a
          │ └ 10.16.1.0/24         256  free
          └ 2 blocks           524,800  free, largest 10.24.0.0/13
        100.64.0.0/12        1,048,576  example: pods of EKS
        ├ 100.64.0.0/19          8,192  prod-payments growth
        └ 100.64.32.0/19         8,192  prod-payments pods
          └ 100.64.32.0/20       4,096  pods eu-central-1a
        growth: room for more pods · free: unallocated · reserved: used elsewhere

      Cluster capacity ───────────────────────────────────────────────────────────────
        The demand, the most the addresses can carry, and the limit reached first.
        cluster             nodes    max   pods     max  headroom
        dev-search     GKE     30     32  1,900   1,920       1 %
          first limit, pods per node: 30 nodes × 64 pods
          to raise it: ask for more nodes
        prod-payments  EKS     60  1,020  6,600  12,192      84 %
          first limit, pod prefixes in eu-central-1a: 254 usable /28 prefixes × 16
          addresses in each of the cluster's 3 zones

      Address changes ────────────────────────────────────────────────────────────────
        Addresses compared with HEAD.
        No addresses are added, moved, retired or freed.

      Next steps ─────────────────────────────────────────────────────────────────────
        npm run plan -- --env prod  one environment; --help lists all options
        addresses.yaml              change the demand, \`npm run addresses\`, plan again
        apps/*/src                  change a composition, plan again
        README.md                   add an environment, deploy for real

      2 stacks planned: 1,200 to add, 1 to read."
   `);
});

test("for a fleet, subnets are counted and only tight clusters show their first limit", () => {
  const [root] = EXAMPLE.tree;
  const [tight, roomy] = EXAMPLE.clusters;
  if (!root || !tight || !roomy) throw new Error("the example has changed");
  const named = (name: string) => ({ ...roomy, name });
  const clusters = [tight, ...Array.from({ length: 100 }, (_, at) => named(`shop-${at}`))];
  const addresses = { tree: Array.from({ length: 30 }, () => root), clusters };
  const lines = terminalReport({ ...documentOf(PROD), addresses }, plain).split("\n");

  expect(lines.filter((line) => line.includes("prod-payments VPC, 1 subnet"))).toHaveLength(30);
  expect(lines.filter((line) => line.includes("nodes eu-central-1a"))).toEqual([]);
  expect(lines.filter((line) => line.includes("first limit"))).toHaveLength(1);
});

test("errors come last, without the addresses", () => {
  const text = terminalReport(
    documentOf(
      {
        name: "network",
        stacks: [],
        failure: { target: "synth", message: "AWS_REGION: mars-1 is not a Region; use eu-central-1" },
      },
      {
        name: "prod",
        stacks: [
          ...PROD.stacks,
          {
            stack: "prod-search",
            planned: false,
            command: "plan",
            diagnostics: [
              {
                severity: "error",
                summary: "Unsupported argument",
                detail: 'An argument named "cidr" is not expected here.',
                address: "aws_vpc.main",
                position: "cdk.tf:12",
                fix: "use cidr_block",
              },
            ],
          },
        ],
      },
    ),
    plain,
  );

  expect(text).toMatchInlineSnapshot(`
     "Planned changes ────────────────────────────────────────────────────────────────
       Planned with Terraform 1.11.4 from an empty state.
       stack                      add  read  main types
       network                               synth failed
       prod
         prod-payments-network  1,200     1  1,198 aws_subnet, 2 aws_vpc
         prod-payments              ·     ·
         prod-search                –     –  plan failed
       total                    1,200     1

     Errors ─────────────────────────────────────────────────────────────────────────
       network: synth failed
         AWS_REGION: mars-1 is not a Region; use eu-central-1

       prod-search: terraform plan failed
         Unsupported argument (aws_vpc.main, cdk.tf:12)
           An argument named "cidr" is not expected here.
         Fix: use cidr_block

     Not planned: network, prod-search. Fix the errors above and plan again."
   `);
});

test("shows warnings with their stack", () => {
  const [stack] = PROD.stacks;
  if (!stack?.planned) throw new Error("not planned");
  const warned = {
    ...stack,
    warnings: [{ severity: "warning" as const, summary: "Deprecated attribute", detail: "Use vpc_ids." }],
  };
  const text = terminalReport(documentOf({ name: "prod", stacks: [warned] }), plain);
  expect(text).toContain("  prod-payments-network: Deprecated attribute\n    Use vpc_ids.");
});

test("an action has a column if any stack has it", () => {
  const stack = {
    ...PROD.stacks[1],
    counts: { ...NO_CHANGES, replace: 3, import: 2 },
  } as (typeof PROD.stacks)[0];
  const heading = terminalReport(documentOf({ name: "prod", stacks: [stack] }), plain)
    .split("\n")
    .find((line) => line.includes("main types"));
  expect(heading).toMatch(/stack +import +add +replace +main types/);
});

test("colors do not change the text", () => {
  const document = documentOf(PROD);
  const painted = terminalReport(document, createColors(true));
  expect(painted).not.toBe(terminalReport(document, plain));
  expect(painted.replace(/\x1b\[\d+m/g, "")).toBe(terminalReport(document, plain));
});

describe("the review of the lock", () => {
  const KEY = "aws/eu-central-1/prod/eks/prod-payments";
  const shown = {
    key: KEY,
    cidr: "10.16.0.0/23",
    block: "cluster",
    owner: "prod-payments VPC",
    subnets: 0,
  } as const;
  const sectionsOf = (review: Partial<PlanReview>, plan = PROD) => {
    const text = terminalReport({ ...documentOf(plan), review: { ...IN_ORDER, ...review } }, plain);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    return text.slice(text.indexOf("Address changes"), text.indexOf("Next steps"));
  };

  test("shows what moves, is freed and leaves, and the entries that allow it", () => {
    const retired: EnvironmentPlan = {
      name: "prod",
      stacks: PROD.stacks.map((stack) => ({
        ...stack,
        cluster: "prod-payments",
        retired: true,
        changes: [],
      })),
    };
    const sections = sectionsOf(
      {
        ok: false,
        changes: [
          { ...shown, kind: "moved", from: "10.16.8.0/23" },
          { ...shown, kind: "freed" },
          { ...shown, kind: "freed", proof: "prod-payments-network 3f0c2a1b:12, prod-payments 77aa01cd:9" },
          { ...shown, kind: "added" },
        ],
        violations: [
          {
            ...{ environment: "prod", rule: "addresses-stay" },
            message: `${KEY} moves from 10.16.8.0/23 to 10.16.0.0/23, but what is deployed does not`,
            acknowledgeAs: { environment: "prod", block: KEY, action: "move" },
          },
        ],
        notices: ["dev-search has addresses in addresses.yaml, but no stack of apps/dev uses them"],
      },
      retired,
    );
    expect(sections).toMatchInlineSnapshot(`
     "Address changes ────────────────────────────────────────────────────────────────
       Addresses compared with HEAD.
       Blocks: 1 moved, 2 freed, 1 added.
       moved                10.16.8.0/23 → 10.16.0.0/23  prod-payments VPC
       freed without proof  10.16.0.0/23                 prod-payments VPC
       freed                10.16.0.0/23                 prod-payments VPC
         empty states: prod-payments-network 3f0c2a1b:12, prod-payments 77aa01cd:9
       added                10.16.0.0/23                 prod-payments VPC

     Notices ────────────────────────────────────────────────────────────────────────
       prod-payments-network (cluster prod-payments): retired: the deployment
       destroys what its state has
       prod-payments (cluster prod-payments): retired: the deployment destroys what
       its state has
       dev-search has addresses in addresses.yaml, but no stack of apps/dev uses them

     Policy violations ──────────────────────────────────────────────────────────────
       prod: addresses-stay: aws/eu-central-1/prod/eks/prod-payments moves from
       10.16.8.0/23 to 10.16.0.0/23, but what is deployed does not

       If intended, add this to acknowledgements.yaml with a reason:
     - environment: prod
       block: aws/eu-central-1/prod/eks/prod-payments
       action: move
       reason: ""

     "
   `);
  });

  test("says what is compared, and that nothing changes", () => {
    expect(sectionsOf({})).toContain("Addresses compared with HEAD.\n  No addresses are added, moved");
    const { base: _, ...without } = IN_ORDER;
    const text = terminalReport({ ...documentOf(PROD), review: without }, plain);
    expect(text).toContain(
      "Without a base, every address counts as new.\n  Commit addresses.lock.json, or name",
    );
  });

  test("a long list is cut", () => {
    const changes = Array.from({ length: 45 }, () => ({ ...shown, kind: "added" as const }));
    expect(sectionsOf({ changes })).toContain("and 5 more blocks: npm run report");
  });
});

test("the tree tells which blocks leave", () => {
  const [root, ...rest] = EXAMPLE.tree;
  const tree = [{ ...root!, state: "draining" as const }, ...rest];
  const text = terminalReport({ ...documentOf(PROD), addresses: { ...EXAMPLE, tree } }, plain);
  expect(text).toContain("example: nodes and GKE, draining");
  expect(text).toContain("draining: no longer needed · retired: taken until proven free");
});
