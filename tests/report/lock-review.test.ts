import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type ReviewedPlan } from "@cluster-ipam/plan-report";
import { Checkout, type Outcome } from "./checkout";

let copy: Checkout;
beforeEach(() => {
  copy = new Checkout();
  copy.commit("base");
});
afterEach(() => copy.remove());

const report = (environment: string) => copy.run("plan-report", "--env", environment, "--base", "HEAD");

/** Adds the entries that a comment offers, with a reason. */
function acknowledge({ stdout }: Outcome): void {
  const [, offered = ""] = /```yaml\n([\s\S]*?)```/.exec(stdout) ?? [];
  copy.write(
    "acknowledgements.yaml",
    offered.replaceAll('reason: ""', "reason: agreed with the platform team"),
  );
}

const VPC = "aws/eu-central-1/prod/eks/prod-payments";

/** Moves the VPC of prod-payments in a text: its /23 is 10.208.0.0. */
const moved = (text: string) =>
  text.replace(/10\.208\.([01])\./g, (_, part) => `10.208.${Number(part) + 8}.`);

/** Moves the VPC in the lock as a careless edit would, and in what is planned. */
function moveVpc(): void {
  copy.edit("addresses.lock.json", (text) =>
    text
      .split("\n")
      .map((line) => (line.includes(`"${VPC}"`) || line.includes(`"${VPC}/`) ? moved(line) : line))
      .join("\n"),
  );
  for (const file of readdirSync(join(copy.root, "apps/prod/plan.out")))
    if (file.startsWith("prod-payments")) copy.edit(`apps/prod/plan.out/${file}`, moved);
}

test("a hand edit that moves a VPC is red until the same change acknowledges it", async () => {
  moveVpc();
  const refused = await report("prod");
  expect(refused.stdout).toContain(
    `- ${VPC} moves from 10.208.0.0/23 to 10.208.8.0/23, but what is deployed does not; restore its CIDR`,
  );
  expect(refused.stdout).toContain(
    "| ⚠️ moved | `10.208.0.0/23` → `10.208.8.0/23` | 512 | prod-payments VPC",
  );
  expect(refused.code).toBe(2);

  acknowledge(refused);
  const allowed = await report("prod");
  expect(allowed.stdout).toContain(`- move \`${VPC}\`: agreed with the platform team`);
  expect(allowed.code).toBe(0);

  copy.commit("move");
  expect((await report("prod")).stdout).toContain(
    "was added by an earlier change and no longer counts; remove it",
  );
});

describe("a cluster that leaves", () => {
  /** Takes dev-apps out of the plan; its stacks are recorded, and synthesized without resources. */
  async function retire(): Promise<void> {
    copy.edit("addresses.yaml", (text) => text.replace(/\n {2}dev-apps:\n( {4}.*\n)+/, "\n"));
    const stacks = ["dev-apps-network", "dev-apps", "dev-apps-autoscaler"];
    for (const stack of stacks)
      copy.write(`apps/dev/plan.out/${stack}.json`, {
        ...{ format_version: "1.2", terraform_version: "1.11.4", configuration: { root_module: {} } },
      });
    copy.write("apps/dev/stacks.lock.json", {
      ...{ version: 1, backend: "local:../../../state", variables: [] },
      stacks: [...stacks, "dev-search", "dev-search-network", "dev-search-system"].map((id) => ({
        ...{ id, cluster: id.startsWith("dev-apps") ? "dev-apps" : "dev-search", after: [] },
        terraform: { required_providers: {}, provider: {} },
      })),
    });
    const { code, stderr } = await copy.run("addresses");
    expect({ code, stderr }).toMatchObject({ code: 0 });
  }

  interface Lock {
    readonly allocations: readonly { readonly key: string; readonly cidr: string; readonly state?: string }[];
    readonly freed?: readonly object[];
  }
  const isOfCluster = ({ key }: { readonly key: string }) => key.includes("/dev-apps");

  /** Frees everything of dev-apps; the pools that become empty retire. */
  async function free(proof?: string): Promise<void> {
    copy.edit("addresses.lock.json", (text) => {
      const lock = JSON.parse(text) as Lock;
      const gone = lock.allocations.filter(isOfCluster);
      const receipts = proof === undefined ? [] : gone.map(({ key, cidr }) => ({ key, cidr, proof }));
      return JSON.stringify({
        ...lock,
        allocations: lock.allocations.filter((entry) => !isOfCluster(entry)),
        freed: receipts,
      });
    });
    const { code, stderr } = await copy.run("addresses");
    expect({ code, stderr }).toMatchObject({ code: 0 });
  }

  test("is red until it is acknowledged, once for all its stacks", async () => {
    await retire();
    const refused = await report("dev");
    expect(refused.stdout).toContain(
      "- cluster dev-apps is retired, and the deployment destroys everything that",
    );
    expect(refused.stdout).toContain(
      "- `dev-apps-network` of cluster `dev-apps`: retired: the deployment destroys what its state has",
    );
    expect(refused.stdout).toContain("| ⌛ retired | `10.224.0.0/24` | 256 | dev-apps VPC, with");
    expect(refused.code).toBe(2);

    acknowledge(refused);
    const allowed = await report("dev");
    expect(allowed.stdout).toContain("- retire cluster `dev-apps`: agreed with the platform team");
    expect(allowed.code).toBe(0);
  });

  test("may be freed once it is retired, with a receipt", async () => {
    await retire();
    copy.commit("retire");
    await free("dev-apps 3f0c2a1b:12, dev-apps-network 9be1aa00:7");
    const { code, stdout } = await report("dev");
    expect(stdout).toContain("⌛ retired");
    expect(stdout).toContain("`empty states: dev-apps 3f0c2a1b:12, dev-apps-network 9be1aa00:7`");
    expect(stdout).toContain("➖ freed");
    expect(code).toBe(0);
  });

  test("may not be freed without one, and not while it is in use", async () => {
    await retire();
    await free();
    const atOnce = await report("dev");
    expect(atOnce.stdout).toContain("is freed while it is in use; restore its entry");
    expect(atOnce.code).toBe(2);

    copy.git("checkout", "-q", "addresses.lock.json");
    await copy.run("addresses");
    copy.commit("retire");
    await free();
    const unproven = await report("dev");
    expect(unproven.stdout).toContain("⚠️ freed without proof");
    expect(unproven.stdout).toContain("is freed without a receipt that its states are empty");
    expect(unproven.code).toBe(2);
    acknowledge(unproven);
    expect((await report("dev")).code).toBe(0);
  });
});

test("npm run plan compares with HEAD, and says what moves", async () => {
  copy.planByCopying("prod");
  copy.commit("workspace");
  const plan = (...args: string[]) => copy.run("plan-environments", "--env", "prod", ...args);
  const unchanged = await plan();
  expect(unchanged.stdout).toContain("Addresses compared with HEAD.\n  No addresses are added, moved");
  expect(unchanged.code).toBe(0);

  moveVpc();
  const refused = await plan();
  expect(refused.stdout).toMatch(/moved +10\.208\.0\.0\/23 → 10\.208\.8\.0\/23 +prod-payments VPC/);
  expect(refused.stdout).toContain(`- environment: prod\n  block: ${VPC}\n  action: move\n`);
  expect(refused.code).toBe(2);

  const json = await plan("--json", "--base", ".");
  expect((JSON.parse(json.stdout) as ReviewedPlan).review).toMatchObject({ ok: true, base: { name: "." } });
  expect(json.code).toBe(0);
});
