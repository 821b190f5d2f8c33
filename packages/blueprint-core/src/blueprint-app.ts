import { App, TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { type Backend } from "./backend";

export interface BlueprintAppProps {
  /** Backend of every stack in the app. */
  readonly backend: Backend;
  /** Output folder; cleaned at synth. @default "cdktf.out" */
  readonly outdir?: string;
  /** What is written. @default "hcl" */
  readonly output?: "hcl" | "json";
}

/** The root of a composition. Stub: the renderer, cleaning and backends are being written. */
export class BlueprintApp extends App {
  readonly backend: Backend;

  constructor(props: BlueprintAppProps) {
    process.env["SYNTH_HCL_OUTPUT"] = String((props.output ?? "hcl") === "hcl");
    super({ outdir: props.outdir, hclOutput: (props.output ?? "hcl") === "hcl" });
    this.backend = props.backend;
  }
}

export interface BlueprintStackProps {
  /** Tags on every resource of the stack that takes tags. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A stack with an explicit backend and provider versions. */
export class BlueprintStack extends TerraformStack {
  readonly tags: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: BlueprintStackProps = {}) {
    super(scope, id);
    this.tags = props.tags ?? {};
  }

  /** Raises the provider's version constraint to at least `version`. */
  requireProvider(_provider: "aws" | "google" | "kubernetes", _version: string): void {}
}
