import { type BackendOptions } from "@cluster-ipam/address-plan/stacks";
import { App, Manifest, TerraformStack } from "cdktf";
import * as fs from "node:fs";
import { type AppRoot, markAppRoot } from "./app-root";
import { checkOrphanedStates } from "./orphaned-states";
import { publish } from "./output-folder";
import { StackRecorder } from "./stack-recorder";
import { ValidationError } from "../input/validation-error";

/** Props of a {@link BlueprintApp}. */
export interface BlueprintAppProps {
  /** Backend of every stack in the app. */
  readonly backend: BackendOptions;
  /** Output folder. @default the environment variable `CDKTF_OUTDIR`, else "cdktf.out" */
  readonly outdir?: string;
  /** Output format. The environment variable `BLUEPRINT_OUTPUT` overrides it. @default "hcl" */
  readonly output?: "hcl" | "json";
}

/**
 * The root of a composition. It writes HCL, cleans the output folder and sets the backend of every stack.
 *
 * It ignores cdktf's own switch, `SYNTH_HCL_OUTPUT`, which cdktf-cli sets to `false` unless called with `--hcl`.
 *
 * @throws ValidationError if `BLUEPRINT_OUTPUT` is neither `hcl` nor `json`, or the output folder is a file
 */
export class BlueprintApp extends App implements AppRoot {
  readonly backend: BackendOptions;
  readonly output: "hcl" | "json";

  constructor(props: BlueprintAppProps) {
    super({ outdir: createFolder(props.outdir ?? process.env["CDKTF_OUTDIR"] ?? "cdktf.out") });
    markAppRoot(this);
    this.backend = props.backend;
    this.output = outputFrom(process.env["BLUEPRINT_OUTPUT"]) ?? props.output ?? "hcl";
  }

  /**
   * Writes all stacks, or nothing. In a folder with a `cdktf.json` it also updates `stacks.lock.json`, the record of the
   * app's stacks. A stack that is recorded but no longer composed is written empty: deploying it destroys its resources.
   *
   * @throws ValidationError for input that is found invalid only now, for the errors of the constructs' validations, and
   * for a stack that was renamed
   * @throws AddressPlanError if the record is damaged or cannot be written, or a stack that is no longer composed needs a variable that is
   * not set
   */
  override synth(): void {
    const recorder = StackRecorder.of(this, process.cwd());
    recorder?.retire();
    if (recorder) checkOrphanedStates(this.outdir, new Set(this.stacks().map(({ node }) => node.id)));
    publish(this.outdir, (staging) => {
      const manifest = new Manifest(this.manifest.version, staging, this.output === "hcl");
      const session = { outdir: staging, skipValidation: this.skipValidation, manifest };
      const stacks = this.stacks();
      stacks.forEach((stack) => stack.prepareStack());
      stacks.forEach((stack) => stack.synthesizer.synthesize(session));
      const problems = this.skipValidation ? [] : this.node.validate();
      if (problems.length > 0) throw new ValidationError("app", problems.join("; "));
      manifest.writeToFile();
      Object.assign(this.manifest.stacks, manifest.stacks);
      // A record that cannot be written leaves the last output, too.
      recorder?.write();
    });
  }

  private stacks(): TerraformStack[] {
    return this.node.findAll().filter((node): node is TerraformStack => TerraformStack.isStack(node));
  }
}

/** cdktf creates the folder, but not its parents. */
function createFolder(outdir: string): string {
  try {
    fs.mkdirSync(outdir, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST" && code !== "ENOTDIR") throw error;
    throw new ValidationError(
      "CDKTF_OUTDIR",
      `cannot create the folder ${outdir} (${code}); use a path that is writable and is not a file`,
    );
  }
  return outdir;
}

function outputFrom(value: string | undefined): "hcl" | "json" | undefined {
  if (value === undefined || value === "" || value === "hcl" || value === "json") return value || undefined;
  throw new ValidationError("BLUEPRINT_OUTPUT", `${value} is not an output format; use hcl or json`);
}
