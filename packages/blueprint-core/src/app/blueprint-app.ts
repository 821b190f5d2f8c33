import { App, Manifest, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import * as fs from "node:fs";
import { type Backend } from "./backend";
import { publish } from "./output-folder";
import { ValidationError } from "../input/validation-error";

export interface BlueprintAppProps {
  /** Backend of every stack in the app. */
  readonly backend: Backend;
  /** Output folder. @default the environment's `CDKTF_OUTDIR`, else "cdktf.out" */
  readonly outdir?: string;
  /** What is written; the environment's `BLUEPRINT_OUTPUT` wins. @default "hcl" */
  readonly output?: "hcl" | "json";
}

const symbol = Symbol.for("cluster-ipam/BlueprintApp");

/**
 * The root of a composition: writes HCL, keeps the output folder clean, gives each stack the app's backend.
 *
 * cdktf's own switch, `SYNTH_HCL_OUTPUT`, has no say: cdktf-cli sets it to `false` unless called with `--hcl`.
 *
 * @throws ValidationError if `BLUEPRINT_OUTPUT` is neither `hcl` nor `json`, or the output folder cannot be made
 */
export class BlueprintApp extends App {
  readonly backend: Backend;
  readonly output: "hcl" | "json";

  constructor(props: BlueprintAppProps) {
    super({ outdir: made(props.outdir ?? process.env["CDKTF_OUTDIR"] ?? "cdktf.out") });
    Object.defineProperty(this, symbol, { value: true });
    this.backend = props.backend;
    this.output = outputFrom(process.env["BLUEPRINT_OUTPUT"]) ?? props.output ?? "hcl";
  }

  /** The app that the construct stands in, if it is a `BlueprintApp`. */
  static find(construct: IConstruct): BlueprintApp | undefined {
    const { root } = construct.node;
    return isBlueprintApp(root) ? root : undefined;
  }

  /**
   * Writes all stacks, or nothing.
   *
   * @throws ValidationError for bad input that shows only now, and whatever a construct's validation says
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

/** cdktf makes the folder itself, but not the folders around it. */
function made(outdir: string): string {
  try {
    fs.mkdirSync(outdir, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ValidationError(
      "CDKTF_OUTDIR",
      `the folder ${outdir} cannot be made (${code}); name one where you may write and where no file stands`,
    );
  }
  return outdir;
}

function outputFrom(value: string | undefined): "hcl" | "json" | undefined {
  if (value === undefined || value === "" || value === "hcl" || value === "json") return value || undefined;
  throw new ValidationError("BLUEPRINT_OUTPUT", `${value} is no output format; use hcl or json`);
}

function isBlueprintApp(construct: IConstruct): construct is BlueprintApp {
  return symbol in construct;
}
