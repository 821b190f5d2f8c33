import { type BackendOptions } from "@cluster-ipam/address-plan/stacks";
import { App, Aspects, Manifest, TerraformStack } from "cdktf";
import * as fs from "node:fs";
import { type AppRoot, markAppRoot } from "./app-root";
import { checkOrphanedStates } from "./orphaned-states";
import { BlueprintStack } from "./blueprint-stack";
import { writeManifests } from "./manifests";
import { publish } from "./output-folder";
import { StackRecorder } from "./stack-recorder";
import { ValidationError } from "../input/validation-error";

/** Props of a {@link BlueprintApp}. */
export interface BlueprintAppProps {
  /** Backend of every stack in the app. */
  readonly backend: BackendOptions;
  /**
   * Tags of every stack, whose own add to or override them: of every resource that takes tags or labels, nodes and growth
   * subnets included.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Keys of the tags that a service control policy demands of every resource. A stack without one is refused.
   * @default none
   */
  readonly mandatoryTags?: readonly string[];
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
  readonly tags: Readonly<Record<string, string>>;
  private readonly mandatoryTags: readonly string[];

  constructor(props: BlueprintAppProps) {
    super({ outdir: createFolder(props.outdir ?? process.env["CDKTF_OUTDIR"] ?? "cdktf.out") });
    markAppRoot(this);
    this.backend = props.backend;
    this.tags = props.tags ?? {};
    this.mandatoryTags = props.mandatoryTags ?? [];
    this.output = outputFrom(process.env["BLUEPRINT_OUTPUT"]) ?? props.output ?? "hcl";
  }

  /**
   * Writes all stacks, or nothing. In a folder with a `cdktf.json` it also updates `stacks.lock.json`, the record of the
   * app's stacks, and the manifests of its stacks. A stack that is recorded but no longer composed is written empty:
   * deploying it destroys its resources.
   *
   * Aspects of the app apply to every stack, which in cdktf's own app they do not.
   *
   * @throws ValidationError for a stack without a mandatory tag, for input that is found invalid only now, for the errors of
   * the constructs' validations, and for a stack that was renamed
   * @throws AddressPlanError if the record is damaged or cannot be written, or a stack that is no longer composed needs a
   * variable that is not set
   */
  override synth(): void {
    for (const stack of this.stacks()) {
      this.checkTags(stack);
      for (const aspect of Aspects.of(this).all) Aspects.of(stack).add(aspect);
    }
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
    writeManifests(recorder ? process.cwd() : this.outdir, this.stacks().filter(isBlueprintStack));
  }

  private checkTags(stack: TerraformStack): void {
    if (!BlueprintStack.isBlueprintStack(stack)) return;
    const missing = this.mandatoryTags.find((key) => !(key in stack.tags));
    if (missing === undefined) return;
    throw new ValidationError(
      stack,
      `the mandatory tag ${missing} is missing; add it to the tags of the stack or of the app`,
    );
  }

  private stacks(): TerraformStack[] {
    return this.node.findAll().filter((node): node is TerraformStack => TerraformStack.isStack(node));
  }
}

const isBlueprintStack = (stack: TerraformStack): stack is BlueprintStack =>
  BlueprintStack.isBlueprintStack(stack);

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
