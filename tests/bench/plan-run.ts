import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PlannedStack, planStacks } from "@cluster-ipam/plan-report";
import { withSandbox } from "@cluster-ipam/sandbox";
import { answer } from "./measured-run";
import { median } from "./statistics";
import { secondsOf } from "./stopwatch";

/** What one process found out about planning. */
export interface PlanRun {
  /** Id of the stack with the most objects. */
  readonly stack: string;
  readonly objects: number;
  /** `terraform init`, `plan` and `show` of it against a running sandbox, in seconds: the median of the rounds. */
  readonly seconds: number;
}

const ROUNDS = 5;
const root = join(__dirname, "../../..");

async function measure(): Promise<PlanRun> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "cluster-ipam-plan-"));
  try {
    return await withSandbox(
      async (sandbox) => {
        const env = { ...process.env, ...sandbox.env };
        const { app, stack, objects } = await largestStack(folder, env);
        keepOnly(app, stack);
        const seconds: number[] = [];
        for (let round = 0; round < ROUNDS; round++)
          seconds.push(await secondsOf(() => planStacks({ app, env })));
        return { stack, objects, seconds: median(seconds) };
      },
      { folders: [folder], assumePrerequisites: true },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function largestStack(folder: string, env: NodeJS.ProcessEnv) {
  const candidates: { app: string; stack: string; objects: number }[] = [];
  for (const name of ["network", "dev", "prod"]) {
    const app = join(folder, name);
    mkdirSync(app);
    execFileSync(process.execPath, ["dist/main.js"], {
      cwd: join(root, "apps", name),
      env: { ...process.env, CDKTF_OUTDIR: join(app, "cdktf.out") },
    });
    for (const planned of await planStacks({ app, env })) {
      candidates.push({ app, stack: planned.stack, objects: objectsOf(planned) });
    }
  }
  return candidates.reduce((most, other) => (other.objects > most.objects ? other : most));
}

/** @throws Error if the stack could not be planned */
function objectsOf(planned: PlannedStack): number {
  if ("failure" in planned) throw new Error(`${planned.stack} cannot be planned: ${JSON.stringify(planned)}`);
  const changes = planned.plan["resource_changes"] as readonly { readonly mode: string }[];
  return changes.filter(({ mode }) => mode === "managed").length;
}

/** Leaves one stack in the manifest, so that it is planned alone. */
function keepOnly(app: string, stack: string): void {
  const file = join(app, "cdktf.out/manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { stacks: Record<string, unknown> };
  writeFileSync(file, JSON.stringify({ ...manifest, stacks: { [stack]: manifest.stacks[stack] } }));
}

void measure().then(answer);
