import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseLock } from "@cluster-ipam/address-plan";
import { PlanFolder } from "@cluster-ipam/plan-report";
import { Checkout } from "../checkout";

jest.setTimeout(300_000);

let checkout: Checkout;
beforeAll(async () => (checkout = await Checkout.make()));
afterAll(() => checkout.remove());

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const make = (...args: readonly string[]) =>
  new Promise<Outcome>((resolve) => {
    const command = ["run", "--silent", "new:environment", "--", ...args];
    const env = { ...process.env, NX_DAEMON: "false", CHECKPOINT_DISABLE: "1" };
    execFile("npm", command, { cwd: checkout.folder, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr }),
    );
  });

const lock = () => parseLock(readFileSync(checkout.path("addresses.lock.json"), "utf8")).allocations;

/** Addresses of what a plan creates. */
function created(app: string, stack: string): readonly string[] {
  const { resource_changes = [] } = new PlanFolder(app).readPlan(stack);
  return resource_changes.filter(({ mode }) => mode === "managed").map(({ address }) => address);
}

test.each(["Staging", "../prod", "network", "prod", ""])(
  "%j is refused, and nothing is written",
  async (name) => {
    const { code, stderr } = await make(name);
    expect({ code, lines: stderr.trim().split("\n").length }).toEqual({ code: 1, lines: 1 });
    expect(stderr).toMatch(/^new-environment: .*(for example staging|choose another name)/);
    expect(await checkout.git("status", "--porcelain")).toBe("");
  },
);

test("an environment is made, gets addresses and is planned; what was there stays", async () => {
  const before = lock();
  const { code, stdout, stderr } = await make("pre-prod");
  expect({ code, stderr: code === 0 ? "" : stderr + stdout }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("pre-prod is planned in the sandbox.");

  expect(lock()).toEqual(expect.arrayContaining([...before]));
  const added = lock().filter(({ key }) => !before.some((entry) => entry.key === key));
  expect(added.length).toBeGreaterThan(0);
  for (const { key } of added) expect(key).toContain("/pre-prod");

  expect(created(checkout.path("apps/pre-prod"), "pre-prod-apps")).toEqual(
    expect.arrayContaining([expect.stringMatching(/^aws_eks_cluster\./)]),
  );
  const [was, is] = [join(__dirname, "../../apps/network"), checkout.path("apps/network")].map((app) =>
    created(app, "address-space"),
  );
  expect(is).toEqual(expect.arrayContaining([...was!]));
  expect(is!.filter((address) => !was!.includes(address))).toEqual(
    expect.arrayContaining([expect.stringContaining("pre-prod")]),
  );
});

test("it is the repository's in every respect, and is not made twice", async () => {
  const changed = (await checkout.git("status", "--porcelain"))
    .split("\n")
    .map((line) => line.trim().split(" ").at(-1));
  expect(changed.sort()).toEqual([
    "addresses.lock.json",
    "addresses.yaml",
    "apps/network/src/sandbox-accounts.json",
    "apps/pre-prod/",
    "package-lock.json",
    "tsconfig.json",
  ]);
  const bin = (name: string) => join(__dirname, "../../node_modules/.bin", name);
  await expect(
    new Promise((resolve) =>
      execFile(bin("prettier"), ["--check", "apps", "*.json", "*.yaml"], { cwd: checkout.folder }, resolve),
    ),
  ).resolves.toBeNull();
  expect(readFileSync(checkout.path("package-lock.json"), "utf8")).toContain('"apps/pre-prod"');
  expect(await make("pre-prod")).toMatchObject({
    code: 1,
    stderr: "new-environment: apps/pre-prod already exists; choose another name, or remove the folder\n",
  });
  expect(existsSync(checkout.path("apps/pre-prod/src/pre-prod.ts"))).toBe(true);
});
