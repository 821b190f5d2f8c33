import { rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { readText, writeText } from "@cluster-ipam/address-plan/repository";
import { z } from "zod";
import { PlanError } from "../errors/plan-error";
import { type PlannedStack } from "../terraform/planned-stack";
import { PLAN_MANIFEST } from "./synthesized-stack";
import { type TerraformBinary } from "../terraform/terraform-binary";
import { type TerraformPlan } from "../terraform/terraform-plan";

const diagnosticSchema = z.object({
  severity: z.enum(["error", "warning"]),
  summary: z.string(),
  detail: z.string(),
  address: z.string().optional(),
  position: z.string().optional(),
  code: z.string().optional(),
  fix: z.string().optional(),
});

const manifestSchema = z.object({
  terraform: z.object({ product: z.enum(["Terraform", "OpenTofu"]), version: z.string() }),
  stacks: z.array(
    z.union([
      z.object({ stack: z.string(), warnings: z.array(diagnosticSchema) }),
      z.object({
        stack: z.string(),
        failure: z.object({
          stack: z.string(),
          command: z.enum(["init", "plan", "show"]),
          diagnostics: z.array(diagnosticSchema),
        }),
      }),
    ]),
  ),
});

/** The content of `plan.out/manifest.json`: the stacks of an app, in order, with Terraform's diagnostics for each. */
export type PlanManifest = z.infer<typeof manifestSchema>;

/**
 * An app's `plan.out` folder: `<stack>.json` per planned stack, and `manifest.json`. The manifest is written last, so
 * an interrupted run never looks finished.
 *
 * The content does not depend on when or where the plan was made: the same plan gives the same bytes.
 */
export class PlanFolder {
  /** Absolute path of `plan.out`. */
  readonly path: string;

  /** @param app absolute path of the app's folder */
  constructor(private readonly app: string) {
    this.path = join(app, "plan.out");
  }

  /** Creates the folder, or empties it, so that no plan of a removed stack remains. */
  async clear(): Promise<void> {
    this.remove();
    await mkdir(this.path, { recursive: true });
  }

  /** Deletes the folder. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Writes a stack's plan: `terraform show -json`, canonical. */
  writePlan(stack: string, plan: Readonly<Record<string, unknown>>): void {
    this.write(stack, JSON.stringify(plan));
  }

  /** Writes the manifest. Call it last. */
  writeManifest(terraform: TerraformBinary, stacks: readonly PlannedStack[]): void {
    const manifest: PlanManifest = {
      terraform: { product: terraform.product, version: terraform.version },
      stacks: stacks.map((planned) =>
        "failure" in planned
          ? {
              stack: planned.stack,
              failure: { ...planned.failure, diagnostics: [...planned.failure.diagnostics] },
            }
          : { stack: planned.stack, warnings: [...planned.warnings] },
      ),
    };
    this.write(PLAN_MANIFEST, JSON.stringify(manifest, undefined, 2));
  }

  /** Reads the manifest; undefined if planning did not finish. @throws PlanError if the file is damaged */
  readManifest(): PlanManifest | undefined {
    const text = this.read(PLAN_MANIFEST);
    return text === undefined
      ? undefined
      : this.parse(PLAN_MANIFEST, text, (json) => manifestSchema.parse(json));
  }

  /** Reads a stack's plan. @throws PlanError if it is missing or damaged */
  readPlan(stack: string): TerraformPlan {
    const text = this.read(stack);
    if (text === undefined) throw this.damaged(stack, "it is missing");
    return this.parse(stack, text, (json) => {
      const plan = json as TerraformPlan;
      if (!/^1\./.test(plan.format_version))
        throw new Error(`format version ${plan.format_version}, expected 1`);
      return plan;
    });
  }

  private write(name: string, text: string): void {
    writeText(join(this.path, `${name}.json`), `${text}\n`);
  }

  private read(name: string): string | undefined {
    try {
      return readText(join(this.path, `${name}.json`));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw cause;
    }
  }

  private parse<T>(name: string, text: string, read: (json: unknown) => T): T {
    try {
      return read(JSON.parse(text));
    } catch (cause) {
      throw this.damaged(name, cause instanceof z.ZodError ? "unexpected shape" : (cause as Error).message);
    }
  }

  private damaged(name: string, reason: string): PlanError {
    const app = basename(this.app);
    return new PlanError(`${app}: plan.out/${name}.json cannot be read (${reason}); run the plan again`);
  }
}
