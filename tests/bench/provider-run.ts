import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { optimizeLate, withSandbox } from "@cluster-ipam/sandbox";
import { Catalogue, loadSchema, terraformEnvironment } from "@cluster-ipam/terraform-provider";
import { serveEmptyProvider } from "./empty-provider";
import { answer } from "./measured-run";
import { secondsOf } from "./stopwatch";

/** What plans. `real` uses the provider that the folder was initialized with, against the sandbox's AWS endpoint. */
export type Planner = "ours" | "empty" | "real";

/** What one process found out about planning one folder. */
export interface ProviderRun {
  /** `terraform plan`, in seconds. */
  readonly seconds: number;
}

const run = promisify(execFile);
const binary = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

async function measure(planner: Planner, folder: string): Promise<ProviderRun> {
  const plan = async (env: NodeJS.ProcessEnv): Promise<ProviderRun> => {
    const terraform = (...args: readonly string[]) =>
      run(binary, [...args, "-input=false"], {
        cwd: folder,
        env: { ...process.env, ...env },
        maxBuffer: 2 ** 30,
      });
    await terraform("init");
    return { seconds: await secondsOf(() => terraform("plan", "-lock=false", "-out=plan.bin")) };
  };
  if (planner === "empty") return withEmptyProvider(plan);
  return withSandbox(
    ({ env: { TF_REATTACH_PROVIDERS, TF_CLI_CONFIG_FILE, ...cloud } }) =>
      plan(planner === "ours" ? { ...cloud, TF_REATTACH_PROVIDERS, TF_CLI_CONFIG_FILE } : cloud),
    { folders: [folder] },
  );
}

async function withEmptyProvider<Result>(work: (env: NodeJS.ProcessEnv) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "empty-provider-"));
  const socket = join(folder, "aws");
  const server = await serveEmptyProvider(socket, new Catalogue("aws", loadSchema("aws")).schema);
  try {
    return await work(terraformEnvironment({ aws: socket }));
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

// As the command does.
optimizeLate();
void measure(process.argv[2] as Planner, process.argv[3]!).then(answer);
