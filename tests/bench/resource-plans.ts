import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { atLeast, type Figure, information } from "./figure";
import { measuredRun } from "./measured-run";
import { type Planner, type ProviderRun } from "./provider-run";
import { best } from "./statistics";

/** EKS networks in the small and in the large stack. */
const SIZES = [1, 25] as const;
const ROUNDS = 3;

/** Terraform's file system mirror with a hashicorp/aws, `registry.terraform.io/hashicorp/aws/…`. */
const mirror = process.env["REAL_PROVIDERS_MIRROR"];

/**
 * What one resource more costs a plan: with our provider, with one that does nothing, and with the real one where
 * `REAL_PROVIDERS_MIRROR` names it. Every plan has a provider in a process of its own, as on the command line.
 *
 * @param folder an empty one
 */
export async function measureResources(folder: string): Promise<Figure[]> {
  const stacks = await Promise.all(SIZES.map((networks) => synthesized(folder, networks)));
  const [small, large] = stacks.map((hcl) => hcl.match(/^resource /gm)!.length) as [number, number];
  const planners: readonly Planner[] = mirror ? ["ours", "empty", "real"] : ["ours", "empty"];
  const runs = new Map<Planner, number[][]>(planners.map((planner) => [planner, SIZES.map(() => [])]));
  // In turns, so that all meet the same disturbances.
  for (let round = 0; round < ROUNDS; round++)
    for (const [size, hcl] of stacks.entries())
      for (const planner of planners)
        runs.get(planner)![size]!.push(await seconds(planner, join(folder, `${planner}-${size}`), hcl));

  const plan = (planner: Planner, size: 0 | 1) => best(runs.get(planner)![size]!);
  const marginal = (planner: Planner) => (1000 * (plan(planner, 1) - plan(planner, 0))) / (large - small);
  return [
    information(`sandbox plan of an EKS network (${small})`, plan("ours", 0), "s"),
    atLeast(
      "  the real AWS provider against it",
      mirror ? plan("real", 0) / plan("ours", 0) : undefined,
      "×",
      10,
    ),
    information(`  each further resource, up to ${large}`, marginal("ours"), "ms"),
    information("    of them Terraform: an empty provider", marginal("empty"), "ms"),
    information("    of them ours", marginal("ours") - marginal("empty"), "ms"),
    mirror
      ? information("    with the real AWS provider", marginal("real"), "ms")
      : { name: "    with the real AWS provider", value: "", verdict: "left open" },
  ];
}

async function synthesized(folder: string, networks: number): Promise<string> {
  const outdir = join(folder, `networks-${networks}`);
  await measuredRun({ script: join(__dirname, "many-networks.js"), args: [String(networks), outdir] });
  return readFileSync(join(outdir, "stacks/networks/cdk.tf"), "utf8");
}

async function seconds(planner: Planner, folder: string, hcl: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  // A mirror may hold another release than ours.
  writeFileSync(join(folder, "main.tf"), planner === "real" ? hcl.replace(/^ *version = .*\n/m, "") : hcl);
  const env: Record<string, string> = {};
  if (planner === "real") {
    env["TF_CLI_CONFIG_FILE"] = join(folder, "mirror.tfrc");
    const path = JSON.stringify(resolve(mirror!));
    writeFileSync(
      env["TF_CLI_CONFIG_FILE"],
      `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`,
    );
  }
  const run = await measuredRun({ script: join(__dirname, "provider-run.js"), args: [planner, folder], env });
  return (run.answer as ProviderRun).seconds;
}
