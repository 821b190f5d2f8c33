import { createColors } from "picocolors";
import { type EnvironmentPlan, type PlanDocument } from "../../../src/read/plan-document";
import { report } from "../../../src/render/terminal/terminal-report";
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

function documentOf(...environments: EnvironmentPlan[]): PlanDocument {
  const stacks = environments.flatMap((environment) => environment.stacks);
  return {
    formatVersion: 1,
    ok: environments.every(({ failure }) => !failure) && stacks.every(({ planned }) => planned),
    terraform: { product: "Terraform", version: "1.11.4" },
    environments,
    totals: totalCounts(stacks.flatMap((stack) => (stack.planned ? stack : []))),
    addresses: EXAMPLE,
  };
}

test("explains counts, owners and capacity to a newcomer in 80 columns", () => {
  const text = report(documentOf(PROD), plain);

  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toMatchInlineSnapshot(`
   "What would change ──────────────────────────────────────────────────────────────
     The counts of Terraform 1.11.4, planned from an empty state.
     stack                      add  read  most of it
     prod
       prod-payments-network  1,200     1  1,198 aws_subnet, 2 aws_vpc
       prod-payments              ·     ·
     total                    1,200     1

   Who owns which addresses ───────────────────────────────────────────────────────
     CIDR                 addresses  owner
     10.0.0.0/8          16,777,216  example: nodes and GKE
     ├ 10.0.0.0/12        1,048,576  reserved: on premises
     └ 10.16.0.0/12       1,048,576  aws eu-central-1
       ├ 10.16.0.0/23           512  prod-payments VPC
       │ ├ 10.16.0.0/24         256  nodes eu-central-1a
       │ └ 10.16.1.0/24         256  free
       └ 2 blocks           524,800  free, the largest 10.24.0.0/13
     100.64.0.0/12        1,048,576  example: pods of EKS
     ├ 100.64.0.0/19          8,192  prod-payments growth
     └ 100.64.32.0/19         8,192  prod-payments pods
       └ 100.64.32.0/20       4,096  pods eu-central-1a
     growth: kept for more pods · free: nobody's · reserved: lives elsewhere

   What the clusters can carry ────────────────────────────────────────────────────
     What is asked for, how far the addresses reach, and what ends first.
     cluster             nodes  up to   pods   up to  headroom
     dev-search     GKE     30     32  1,900   1,920       1 %
       first limit, pods per node: 30 nodes × 64 pods
       for more: ask for more nodes
     prod-payments  EKS     60  1,020  6,600  12,192      84 %
       first limit, pod prefixes in eu-central-1a: 254 usable /28 prefixes × 16
       addresses in each of the cluster's 3 zones

   What next ──────────────────────────────────────────────────────────────────────
     npm run plan -- --env prod  one environment; --help lists the rest
     addresses.yaml              the demand: change it, \`npm run addresses\`, plan
     apps/*/src                  the compositions: change one, plan again
     README.md                   own environments, and how to deploy for real

   2 stacks planned: 1,200 to add, 1 to read."
  `);
});

test("a fleet is summed up: its subnets are counted, and only tight clusters say what limits them", () => {
  const [root] = EXAMPLE.tree;
  const [tight, roomy] = EXAMPLE.clusters;
  if (!root || !tight || !roomy) throw new Error("the example has changed");
  const named = (name: string) => ({ ...roomy, name });
  const clusters = [tight, ...Array.from({ length: 100 }, (_, at) => named(`shop-${at}`))];
  const addresses = { tree: Array.from({ length: 30 }, () => root), clusters };
  const lines = report({ ...documentOf(PROD), addresses }, plain).split("\n");

  expect(lines.filter((line) => line.includes("prod-payments VPC, 1 subnet"))).toHaveLength(30);
  expect(lines.filter((line) => line.includes("nodes eu-central-1a"))).toEqual([]);
  expect(lines.filter((line) => line.includes("first limit"))).toHaveLength(1);
});

test("a failure is the last thing to read, without the addresses", () => {
  const text = report(
    documentOf(
      {
        name: "network",
        stacks: [],
        failure: { target: "synth", message: "AWS_REGION: mars-1 is no Region; use eu-central-1" },
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
                fix: "spell it cidr_block",
              },
            ],
          },
        ],
      },
    ),
    plain,
  );

  expect(text).toMatchInlineSnapshot(`
   "What would change ──────────────────────────────────────────────────────────────
     The counts of Terraform 1.11.4, planned from an empty state.
     stack                      add  read  most of it
     network                               synth failed
     prod
       prod-payments-network  1,200     1  1,198 aws_subnet, 2 aws_vpc
       prod-payments              ·     ·
       prod-search                –     –  plan failed
     total                    1,200     1

   What failed ────────────────────────────────────────────────────────────────────
     network: synth failed
       AWS_REGION: mars-1 is no Region; use eu-central-1

     prod-search: terraform plan failed
       Unsupported argument (aws_vpc.main, cdk.tf:12)
         An argument named "cidr" is not expected here.
       Fix: spell it cidr_block

   Not planned: network, prod-search. Correct what is said above and plan again."
  `);
});

test("shows what Terraform warns of, with the stack", () => {
  const [stack] = PROD.stacks;
  if (!stack?.planned) throw new Error("not planned");
  const warned = {
    ...stack,
    warnings: [{ severity: "warning" as const, summary: "Deprecated attribute", detail: "Use vpc_ids." }],
  };
  const text = report(documentOf({ name: "prod", stacks: [warned] }), plain);
  expect(text).toContain("  prod-payments-network: Deprecated attribute\n    Use vpc_ids.");
});

test("a kind of change has a column as soon as one stack has it", () => {
  const stack = {
    ...PROD.stacks[1],
    counts: { ...NO_CHANGES, replace: 3, import: 2 },
  } as (typeof PROD.stacks)[0];
  const heading = report(documentOf({ name: "prod", stacks: [stack] }), plain)
    .split("\n")
    .find((line) => line.includes("most of it"));
  expect(heading).toMatch(/stack +import +add +replace +most of it/);
});

test("colours are put around the same text", () => {
  const document = documentOf(PROD);
  const painted = report(document, createColors(true));
  expect(painted).not.toBe(report(document, plain));
  expect(painted.replace(/\x1b\[\d+m/g, "")).toBe(report(document, plain));
});
