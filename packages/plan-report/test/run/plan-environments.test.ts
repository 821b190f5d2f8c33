import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { environments } from "../../src/read/environment";
import { InterruptedError } from "../../src/errors/plan-error";
import { type PlanDocument } from "../../src/read/plan-document";
import { planEnvironments } from "../../src/run/plan-environments";
import { EXAMPLE } from "../example-report";
import { removeScratch, scratch, writeFiles } from "../scratch";

const TERRAFORM = { command: "terraform", product: "Terraform", version: "1.11.4" } as const;

// A workspace with the real nx, whose `plan` script writes what plan-stacks would write.
const planner = (stack: string, result: object) => `
const { mkdirSync, writeFileSync } = require("node:fs");
mkdirSync("plan.out", { recursive: true });
const write = (name, value) => writeFileSync("plan.out/" + name + ".json", JSON.stringify(value));
write("${stack}", ${JSON.stringify({
  format_version: "1.2",
  terraform_version: "1.11.4",
  resource_changes: [
    { address: "aws_vpc.main", mode: "managed", type: "aws_vpc", change: { actions: ["create"] } },
  ],
})});
write("manifest", { terraform: { product: "Terraform", version: "1.11.4" }, stacks: [${JSON.stringify(result)}] });
console.log("${"failure" in result ? "✗" : "✓"} ${stack}  done");
process.exit(${"failure" in result ? 1 : 0});
`;
const FAILURE = {
  stack: "prod-search",
  command: "plan",
  diagnostics: [{ severity: "error", summary: "Unsupported argument", detail: "" }],
};

let root: string;
const app = (name: string, scripts: Record<string, string>) =>
  JSON.stringify({ name: `${name}-app`, version: "0.0.0", scripts });

beforeEach(() => {
  root = scratch();
  symlinkSync(resolve(__dirname, "../../../../node_modules"), join(root, "node_modules"));
  writeFiles(root, {
    "package.json": '{"name":"workspace","private":true,"workspaces":["apps/*"]}',
    "nx.json": JSON.stringify({
      analytics: false,
      neverConnectToCloud: true,
      useDaemonProcess: false,
      targetDefaults: {
        synth: { cache: true, outputs: ["{projectRoot}/cdktf.out"] },
        plan: { cache: true, dependsOn: ["synth"], outputs: ["{projectRoot}/plan.out"] },
      },
    }),
    "apps/dev/package.json": app("dev", { synth: "true", plan: "node plan.js" }),
    "apps/dev/plan.js": planner("dev-apps", { stack: "dev-apps", warnings: [] }),
    "apps/network/package.json": app("network", { synth: "true", plan: "node plan.js" }),
    "apps/network/plan.js": planner("network", { stack: "network", warnings: [] }),
    "apps/tool/package.json": app("tool", {}),
  });
});
afterEach(removeScratch);

async function run(names: string[] = [], abort = new AbortController().signal) {
  const lines: string[] = [];
  const document: PlanDocument = await planEnvironments({
    root,
    environments: environments(root, names),
    addresses: EXAMPLE,
    lock: { allocations: [] },
    terraform: TERRAFORM,
    abort,
    onProgress: (line) => lines.push(line),
  });
  return { lines, document };
}

test("plans with nx, and reports an unchanged environment", async () => {
  const first = await run();
  expect(first.document).toMatchObject({
    ok: true,
    environments: [
      { name: "network", stacks: [{ stack: "network", planned: true, counts: { create: 1 } }] },
      { name: "dev", stacks: [{ stack: "dev-apps", planned: true }] },
    ],
    totals: { create: 2 },
  });
  expect(first.lines).toContain("  dev      ✓ dev-apps  done");

  const second = await run(["dev"]);
  expect(second.lines).toEqual(["  dev  unchanged since the last plan"]);
  expect(second.document.environments).toEqual([first.document.environments[1]]);
}, 60_000);

test("distinguishes a stack that Terraform cannot plan from an app that fails to synthesize", async () => {
  writeFiles(root, {
    "apps/prod/package.json": app("prod", { synth: "true", plan: "node plan.js" }),
    "apps/prod/plan.js": planner("prod-search", { stack: "prod-search", failure: FAILURE }),
    "apps/dev/package.json": app("dev", {
      synth: "echo 'dev-apps/network: no room' >&2; exit 1",
      plan: "true",
    }),
  });

  const { document } = await run();

  expect(document.ok).toBe(false);
  const [network, dev, prod] = document.environments;
  expect(network?.stacks).toMatchObject([{ planned: true }]);
  expect(dev?.failure).toEqual({ target: "synth", message: "dev-apps/network: no room" });
  expect(prod?.stacks).toEqual([{ ...FAILURE, planned: false }]);
}, 60_000);

test("an interrupted run ends its child processes", async () => {
  const pidFile = join(root, "pid");
  writeFiles(root, {
    "apps/dev/plan.js": `require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000);`,
  });
  const controller = new AbortController();
  const ended = expect(run(["dev"], controller.signal)).rejects.toThrow(InterruptedError);
  while (!existsSync(pidFile) || readFileSync(pidFile, "utf8") === "") await pause();
  controller.abort("SIGINT");
  await ended;

  const pid = Number(readFileSync(pidFile, "utf8"));
  while (isRunning(pid)) await pause();
}, 60_000);

test("--env accepts folders under apps that have a plan script", () => {
  expect(environments(root, []).map(({ name }) => name)).toEqual(["network", "dev"]);
  expect(() => environments(root, ["dev", "staging"])).toThrow(
    "--env staging: there is no app in apps/staging; choose from network, dev",
  );
  expect(() => environments(root, ["tool"])).toThrow("--env tool");
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
