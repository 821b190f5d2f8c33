import fc from "fast-check";
import { comment, commentMarker } from "../../../src/render/markdown/comment";
import { type CommentBlock, fitComment, MAX_COMMENT_BYTES } from "../../../src/render/markdown/comment-block";
import { liveText, renderGfm, skeleton } from "./gfm";
import { addressesOfChange, baseOf, eks, gke, planned, planOf, reviewOf } from "../../example-change";

const [before, after] = addressesOfChange(
  { shop: eks(), old: gke("prod") },
  { shop: eks({ pods: 700 }), search: gke("prod") },
);
const base = baseOf(before);
const updated = (address: string, change: object) =>
  planned(address, { a: 2 }, { actions: ["update"], before: { a: 1 }, ...change });

test("shows counts, destroyed resources, policy, addresses, capacity and changes, in this order", () => {
  const text = comment(
    reviewOf(
      {
        "shop-network": [
          planned(
            "aws_subnet.a",
            {},
            { actions: ["delete", "create"], before: {}, replace_paths: [["cidr_block"]] },
          ),
          updated("aws_route_table.a", {}),
          planned("aws_route.a", null, { actions: ["delete"], before: {} }),
        ],
        idle: [],
      },
      after,
      { base },
    ),
  );

  expect(text).toMatchInlineSnapshot(`
   "<!-- cluster-ipam:plan-report:prod -->
   ## \`prod\`: 1 to change, 1 to replace, 1 to destroy

   2 stacks. ⛔ 2 policy violations.

   > [!CAUTION]
   > This plan **destroys 1 and replaces 1** resources.
   >
   > - **replace** \`aws_subnet.a\` in \`shop-network\`, because \`cidr_block\` changes
   > - **destroy** \`aws_route.a\` in \`shop-network\`

   ### Policy

   ⛔ **\`acknowledged-destruction\`**: Retiring a cluster, and destroying or replacing an IPAM pool, VPC, subnet or cluster, needs an entry in acknowledgements.yaml in the same change.

   - cluster old is retired, and the deployment destroys everything that its stacks have in their states; keep it in addresses.yaml and in the app, or acknowledge it in this change
   - \`aws_subnet.a\` in \`shop-network\`: this subnet will be replaced because cidr_block changes; keep it, or acknowledge it in this change

   <details><summary>If intended, add this to <code>acknowledgements.yaml</code> with a reason</summary>

   \`\`\`yaml
   - environment: prod
     cluster: old
     action: retire
     reason: ""
   - environment: prod
     stack: shop-network
     address: aws_subnet.a
     action: replace
     reason: ""
   \`\`\`

   </details>

   ### Addresses

   Blocks: 4 retired, 4 added.

   |  | CIDR | addresses | owner |
   | --- | --- | ---: | --- |
   | ⌛ retired | \`10.0.0.0/21\` | 2,048 | old growth |
   | ⌛ retired | \`10.0.8.0/21\` | 2,048 | old pods |
   | ⌛ retired | \`10.0.16.0/27\` | 32 | old nodes |
   | ⌛ retired | \`10.0.16.128/28\` | 16 | old control-plane |
   | ➕ added | \`10.0.16.144/28\` | 16 | search control-plane |
   | ➕ added | \`10.0.17.0/27\` | 32 | search nodes |
   | ➕ added | \`10.0.24.0/21\` | 2,048 | search growth |
   | ➕ added | \`10.0.32.0/21\` | 2,048 | search pods |

   <details><summary>Pool headroom: 1 changed</summary>

   | pool | CIDR | free addresses | free | largest free block |
   | --- | --- | ---: | ---: | --- |
   | \`google/europe-west3/prod/gke\` | \`10.0.0.0/14\` | 258,000 → 253,856 | 96 % | \`10.2.0.0/15\` |

   </details>

   ### Clusters

   Each cluster's demand, the most its addresses can carry, and the limit it reaches first.

   | cluster | pod demand | max pods | max nodes | headroom | growth space | first limit |
   | --- | ---: | ---: | ---: | ---: | ---: | --- |
   | \`old\` GKE ➖ removed | 300 → – | 640 → – | 16 → – | 113 % → – | 2,048 → – | pods per node |
   | \`search\` GKE ➕ new | 300 | 640 | 16 | 113 % | 2,048 | pods per node: (nodes requested = 10 nodes) × 64 pods |
   | \`shop\` EKS | 400 → 700 | 1,100 | 18 → 14 | 175 % → 57 % | 2,048 | pods per node: 10 nodes × 110 pods (m7i.xlarge supports 674) |

   ### Changes

   <details><summary><code>shop-network</code>: 1 to change, 1 to replace, 1 to destroy</summary>

   \`\`\`diff
   - destroy aws_route.a
   - replace aws_subnet.a
   ! update  aws_route_table.a
         a: 1 → 2
   \`\`\`

   </details>

   <sub>Terraform 1.11.4. Addresses compared with \`main\`.</sub>
   "
  `);
});

test("without a base every address counts as new, and a note says so", () => {
  const text = comment(reviewOf({}, after));
  expect(text).toContain("Without a base, every address counts as new.");
  expect(text).not.toContain("➕ new");
  const problem = { addresses: undefined, problem: "line 3" };
  const broken = comment(reviewOf({}, after, { base: { ...base, ...problem, lock: undefined } }));
  expect(broken).toContain("Cannot compare addresses with `main`: line 3");
  const stale = comment(reviewOf({}, after, { base: { ...base, ...problem } }));
  expect(stale).toContain("Addresses compared with `main`, but not pools and clusters: line 3");
  expect(stale).not.toContain("➕ new");
});

test("tells every kind of change, the proof of a freed block, and the cluster of what is destroyed", () => {
  const review = reviewOf({}, after, { base });
  const vpc = { key: "aws/eu-central-1/prod/eks/shop", cidr: "10.128.0.0/23" };
  const shown = { ...vpc, block: "cluster", owner: "shop VPC", subnets: 0 } as const;
  const changes = [
    { ...shown, kind: "moved", from: "10.128.2.0/23" },
    { ...shown, kind: "freed" },
    { ...shown, kind: "freed", proof: "shop-network 3f0c2a1b:12" },
    { ...shown, kind: "draining" },
    { ...shown, kind: "restored" },
    { ...shown, kind: "renamed", from: "aws/eu-central-1/prod/eks/store" },
    { ...shown, kind: "widened", from: "10.128.0.0/24" },
  ] as const;
  const text = comment({ ...review, addresses: { ...review.addresses, changes } });
  expect(text).toContain("Blocks: 1 moved, 2 freed, 1 draining, 1 restored, 1 renamed, 1 widened.");
  for (const line of [
    "| ⚠️ moved | `10.128.2.0/23` → `10.128.0.0/23` | 512 | shop VPC |",
    "| ⚠️ freed without proof | `10.128.0.0/23` | 512 | shop VPC |",
    "| ➖ freed | `10.128.0.0/23` | 512 | shop VPC; `empty states: shop-network 3f0c2a1b:12` |",
    "| ⏳ draining | `10.128.0.0/23` | 512 | shop VPC |",
    "| ↩️ restored | `10.128.0.0/23` | 512 | shop VPC |",
    "| ✏️ renamed | `10.128.0.0/23` | 512 | shop VPC; was aws/eu-central-1/prod/eks/store |",
    "| ↔️ widened | `10.128.0.0/24` → `10.128.0.0/23` | 512 | shop VPC |",
  ])
    expect(text.split("\n")).toContain(line);
});

test("a retired stack says what the deployment destroys, and whose it is", () => {
  const gone = (address: string, values: object = {}) =>
    planned(address, null, { actions: ["delete"], before: values });
  const stacks = {
    old: [gone("google_container_cluster.a", { deletion_protection: true })],
    "old-network": [],
  };
  const roles = { cluster: "old", retired: true } as const;
  const plan = planOf(stacks, { old: roles, "old-network": roles });
  const entry = { environment: "prod", cluster: "old", action: "retire", reason: "moved to AWS" } as const;
  const text = comment(reviewOf(stacks, after, { base, plan, acknowledgements: [entry] }));
  expect(text.split("\n")).toEqual(
    expect.arrayContaining([
      "> - **destroy** `google_container_cluster.a` in `old` of cluster `old`; its deletion protection is on: the deployment turns it off first",
      "- retire cluster `old`: moved to AWS",
      "- `old` of cluster `old`: retired: the deployment destroys what its state has: 1 resource (1 google_container_cluster)",
      "- `old-network` of cluster `old`: retired: the deployment destroys what its state has",
    ]) as string[],
  );
  expect(text).toContain("✅ All 6 policy rules pass.");
});

test("a failure shows Terraform's error", () => {
  const diagnostics = [{ severity: "error" as const, summary: "Unsupported argument", detail: "No cidr." }];
  const stack = { stack: "shop", planned: false as const, command: "plan" as const, diagnostics };
  const review = reviewOf({}, after, { plan: { name: "prod", stacks: [stack] } });
  const text = comment(review);
  expect(review.planned).toBe(false);
  expect(text).toContain("## `prod`: incomplete plan");
  expect(text).toContain("shop: terraform plan failed\nUnsupported argument\n  No cidr.");
});

test("shows no secrets", () => {
  const change = {
    before: { plain: "old", password: "hunter2", list: [{ token: "t1", name: "n1" }], gone: "s3cret" },
    after: { plain: "new", password: "hunter3", list: [{ token: "t2", name: "n2" }] },
    before_sensitive: { password: true, list: [{ token: true }], gone: true },
    after_sensitive: { password: true, list: [{ token: true }] },
    after_unknown: { id: true },
  };
  const review = reviewOf({ shop: [updated("x.y", change)] }, after, { base });
  const [stack] = review.stacks;
  if (!stack?.planned) throw new Error("not planned");

  expect(stack.changes[0]?.attributes).toEqual([
    { path: "gone", before: "(sensitive value)", after: "(sensitive value)" },
    { path: "id", before: "null", after: "(known after apply)" },
    { path: "list[0].name", before: '"n1"', after: '"n2"' },
    { path: "list[0].token", before: "(sensitive value)", after: "(sensitive value)" },
    { path: "password", before: "(sensitive value)", after: "(sensitive value)" },
    { path: "plain", before: '"old"', after: '"new"' },
  ]);
  expect(JSON.stringify(review) + comment(review)).not.toMatch(/hunter|s3cret|"t[12]/);
});

describe("hostile names", () => {
  const evil = "@octocat #1 www.evil.example <img src=x onerror=alert(1)>`|\\|\n\n# x</summary>\u202e--><!--";
  const page = (name: string) =>
    comment(
      reviewOf(
        {
          [name]: [
            planned(`aws_subnet.${name}`, null, { actions: ["delete"], before: {} }),
            updated(`x.${name}`, { before: { [name]: name }, after: { [name]: `${name}!` } }),
          ],
        },
        after,
        {
          environment: name,
          base: { ...base, name },
          acknowledgements: [
            { environment: name, stack: name, address: name, action: "destroy", reason: name.repeat(2) },
          ],
          rules: [
            { name: "r", description: name, check: () => [{ stack: name, address: name, message: name }] },
          ],
        },
      ),
      { fullReportLink: "" },
    );

  test("change nothing else in a comment", () => {
    const [harmless = "", hostile = ""] = renderGfm([page("~name"), page(evil)]);
    expect(skeleton(hostile).slice(1)).toEqual(skeleton(harmless).slice(1));
    expect(liveText(hostile)).not.toMatch(/@|#1|www\.|\u202e/);
  });

  test("change nothing else in a comment that is cut", () => {
    const long = (name: string) => {
      const many = Array.from({ length: 5000 }, (_, at) => planned(`x.y${at}`, {}));
      return comment(reviewOf({ [name]: many }, after, { environment: name }));
    };
    const [harmless = "", hostile = ""] = renderGfm([long("~name"), long(evil)]);
    expect(hostile).toContain("Too long for a comment");
    expect(skeleton(hostile).slice(1)).toEqual(skeleton(harmless).slice(1));
    expect(liveText(hostile)).not.toMatch(/@|#1|www\./);
  });

  test("can neither end the hidden marker nor match another environment's", () => {
    expect(commentMarker(evil)).toMatch(/^<!-- cluster-ipam:plan-report:[^<>\s-]* -->$/);
    expect(commentMarker("prod")).toBe("<!-- cluster-ipam:plan-report:prod -->");
    expect(commentMarker("a-b")).not.toBe(commentMarker("a%2Db"));
    expect(page("prod").split("\n")[0]).toBe(commentMarker("prod"));
  });
});

describe("too much for GitHub", () => {
  const fleet = Object.fromEntries(
    Array.from({ length: 200 }, (_, at) => [`shop-${at}`, eks({ nodes: 3, pods: 60 })]),
  );
  const [, addresses] = addressesOfChange({}, fleet);
  const created = Array.from({ length: 40 }, (_, at) =>
    planned(`aws_route.route-${at}-${"x".repeat(40)}`, {}),
  );
  const stacks = Object.fromEntries(Object.keys(fleet).map((name) => [`${name}-network`, created]));
  const gone = planned("aws_subnet.gone", null, { actions: ["delete"], before: {} });

  test("a fleet fits, destroyed resources stay, and a note says what was cut", () => {
    const text = comment(reviewOf({ ...stacks, last: [gone] }, addresses, { base: baseOf(before) }), {
      fullReportLink: "See [the page](https://ci.example/1).",
    });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_COMMENT_BYTES);
    expect(Buffer.byteLength(text)).toBeGreaterThan(MAX_COMMENT_BYTES * 0.95);
    expect(text).toContain("> - **destroy** `aws_subnet.gone` in `last`");
    expect(text).toContain("| `shop-0-network` | 40 to add |");
    expect(text).toContain("`shop-0` EKS ➕ new");
    expect(text).toMatch(
      /_Too long for a comment\. Cut: .*40 lines of `shop-\d+-network`.* See \[the page\]/,
    );
    const [html = ""] = renderGfm([text]);
    expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
  });

  test("a thousand stacks whose every resource is destroyed fit", () => {
    const all = Object.fromEntries(
      Array.from({ length: 1000 }, (_, at) => [`s${at}-${"é".repeat(300)}`, [gone]]),
    );
    expect(Buffer.byteLength(comment(reviewOf(all, after)))).toBeLessThanOrEqual(MAX_COMMENT_BYTES);
  });

  test("as few rows as possible are cut, from the end of the least important block first", () => {
    const rows = fc.array(fc.string({ unit: "grapheme", maxLength: 30 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(rows, rows, fc.integer({ min: 300, max: 1500 }), (first, second, longest) => {
        const block = (name: string, importance: number, lines: string[]): CommentBlock => ({
          ...{ name, importance },
          head: [`<${name}>`],
          rows: lines.map((line) => `${name}${line}`),
          tail: [],
        });
        const text = fitComment([block("low", 1, first), block("high", 2, second)], "Elsewhere.", longest);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(longest);
        const kept = (name: string) => text.split("\n").filter((line) => line.startsWith(name)).length;
        if (kept("low") > 0) expect(kept("high")).toBe(second.length);
        const cut = first.length + second.length - kept("low") - kept("high");
        expect(text.includes("Cut: ")).toBe(cut > 0);
      }),
    );
  });
});
