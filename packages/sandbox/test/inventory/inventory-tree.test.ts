import { type BlockUse, type AllocatedBlock } from "../../src/inventory/allocated-block";
import { inventoryTree } from "../../src/inventory/inventory-tree";

const block = (cidr: string, use: BlockUse, name: string): AllocatedBlock => ({
  ...{ cidr, use, name },
  owner: "example",
  region: "eu-west-1",
});

test("draws each block below what holds it, within 80 columns", () => {
  const lines = inventoryTree([
    block("10.0.0.0/8", "pool", "primary"),
    block("10.0.0.0/9", "fence", "search-fence"),
    block("10.1.0.0/16", "VPC", "apps"),
    block("10.1.0.0/24", "subnet", `apps-${"node".repeat(20)}`),
    block("10.1.1.0/24", "subnet", "apps-pod"),
    block("10.2.0.0/24", "internal range", "search-nodes"),
    block("10.2.0.0/24", "subnetwork", "search"),
    block("100.64.0.0/10", "pool", "pods"),
  ]);

  expect(lines.map((line) => line.replace(/ +example$/, ""))).toEqual([
    "  10.0.0.0/8       pool primary",
    "  ├ 10.1.0.0/16    VPC apps",
    expect.stringMatching(/^ {2}│ ├ 10\.1\.0\.0\/24 {2}subnet (node)+.*…$/),
    "  │ └ 10.1.1.0/24  subnet pod",
    "  └ 10.2.0.0/24    subnetwork search",
    "  100.64.0.0/10    pool pods",
    "  and 1 fence: internal ranges that keep Google out of what others own",
  ]);
  expect(Math.max(...lines.map(({ length }) => length))).toBe(80);
});
