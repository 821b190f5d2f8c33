import { App, Manifest, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import * as fs from "node:fs";
import { type BackendOptions } from "./backend";
import { publish } from "./output-folder";
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

const symbol = Symbol.for("cluster-ipam/BlueprintApp");

/**
 * The root of a composition. It writes HCL, cleans the output folder and sets the backend of every stack.
 *
 * It ignores cdktf's own switch, `SYNTH_HCL_OUTPUT`, which cdktf-cli sets to `false` unless called with `--hcl`.
 *
 * @throws ValidationError if `BLUEPRINT_OUTPUT` is neither `hcl` nor `json`, or the output folder cannot be created
 */
export class BlueprintApp extends App {
  readonly backend: BackendOptions;
  readonly output: "hcl" | "json";

  constructor(props: BlueprintAppProps) {
    super({ outdir: createFolder(props.outdir ?? process.env["CDKTF_OUTDIR"] ?? "cdktf.out") });
    Object.defineProperty(this, symbol, { value: true });
    this.backend = props.backend;
    this.output = outputFrom(process.env["BLUEPRINT_OUTPUT"]) ?? props.output ?? "hcl";
  }

  /** Returns the app of the construct, if it is a `BlueprintApp`. */
  static find(construct: IConstruct): BlueprintApp | undefined {
    const { root } = construct.node;
    return isBlueprintApp(root) ? root : undefined;
  }

  /**
   * Writes all stacks, or nothing.
   *
   * @throws ValidationError for input that is found invalid only now, and for the errors of the constructs' validations
   */
  override synth(): void {
    publish(this.outdir, (staging) => {
      const manifest = new Manifest(this.manifest.version, staging, this.output === "hcl");
      const session = { outdir: staging, skipValidation: this.skipValidation, manifest };
      const stacks = this.node.findAll().filter((node) => TerraformStack.isStack(node));
      stacks.forEach((stack) => stack.prepareStack());
      stacks.forEach((stack) => stack.synthesizer.synthesize(session));
      const problems = this.skipValidation ? [] : this.node.validate();
      if (problems.length > 0) throw new ValidationError("app", problems.join("; "));
      manifest.writeToFile();
      Object.assign(this.manifest.stacks, manifest.stacks);
    });
  }
}

/** cdktf creates the folder, but not its parents. */
function createFolder(outdir: string): string {
  try {
    fs.mkdirSync(outdir, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
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

function isBlueprintApp(construct: IConstruct): construct is BlueprintApp {
  return symbol in construct;
}
