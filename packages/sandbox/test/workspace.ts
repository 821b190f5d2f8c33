import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Providers } from "../src/sandbox";

const required = `
terraform {
  required_providers {
    aws        = { source = "hashicorp/aws" }
    google     = { source = "hashicorp/google" }
    kubernetes = { source = "hashicorp/kubernetes" }
  }
}
`;

export const providers = `${required}
provider "aws" {
  region = "eu-west-1"
}
provider "google" {
  project = "acme-prod"
  region  = "europe-west1"
}
provider "kubernetes" {}
`;

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ResourceChange {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Record<string, unknown> | null;
    readonly after: Record<string, unknown> | null;
    readonly after_unknown: Record<string, unknown>;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "ws-"));

/** A folder with a configuration, on which the real Terraform runs. */
export class Workspace {
  constructor(
    private readonly sandbox: Providers,
    readonly folder = newFolder(),
  ) {}

  write(text: string, name = "main.tf"): this {
    writeFileSync(join(this.folder, name), text);
    return this;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  terraform(...args: readonly string[]): Promise<Outcome> {
    const binary = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
    const env = { ...process.env, ...this.sandbox.env, TF_IN_AUTOMATION: "1" };
    return new Promise((resolve) => {
      execFile(binary, args, { cwd: this.folder, env, maxBuffer: 1e9 }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
      );
    });
  }

  async validate(): Promise<readonly Diagnostic[]> {
    const { stdout } = await this.terraform("validate", "-json");
    return (
      JSON.parse(stdout) as { diagnostics: readonly (Diagnostic & { snippet?: { context?: string } })[] }
    ).diagnostics.map((found) => ({
      ...found,
      address: found.address ?? found.snippet?.context?.match(/"(\w+)"$/)?.[1],
    }));
  }

  /** Plans and returns the changes by address. Fails with Terraform's words. */
  async plan(...args: readonly string[]): Promise<ReadonlyMap<string, ResourceChange["change"]>> {
    await this.succeed("plan", "-input=false", "-out=plan.bin", ...args);
    const { stdout } = await this.succeed("show", "-json", "plan.bin");
    const { resource_changes: changes = [] } = JSON.parse(stdout) as {
      resource_changes?: readonly ResourceChange[];
    };
    return new Map(changes.map(({ address, change }) => [address, change]));
  }

  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { stdout } = await this.succeed("output", "-json");
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  async apply(): Promise<void> {
    await this.succeed("apply", "-input=false", "-auto-approve");
  }

  async destroy(): Promise<void> {
    await this.succeed("destroy", "-input=false", "-auto-approve");
  }

  private async succeed(...args: readonly string[]): Promise<Outcome> {
    const outcome = await this.terraform(...args);
    if (outcome.code !== 0) throw new Error(outcome.stdout + outcome.stderr);
    return outcome;
  }
}
