import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stringify } from "yaml";

import { AddressPlan, type PlanDefinitionInput } from "../src";
import { updateLock } from "../src/update";

/** A repository with a plan and its committed lock. */
export class Repository {
  readonly directory = mkdtempSync(join(tmpdir(), "repository-"));

  constructor(readonly plan: PlanDefinitionInput & Record<string, unknown>) {}

  /** Updates the lock and commits everything. */
  async commit(): Promise<void> {
    await this.update();
    this.git("init", "-q", "-b", "main");
    this.git("add", ".");
    this.git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-qm", "plan");
  }

  /** Runs `npm run addresses`. */
  async update(release: readonly string[] = []): Promise<void> {
    this.write("addresses.yaml", stringify(this.plan));
    await updateLock(this.directory, { release, env: {} });
  }

  /** Loads the plan, as a synthesis does. */
  load(): AddressPlan {
    return AddressPlan.load({ directory: this.directory });
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.directory, file), text);
  }

  git(...args: string[]): string {
    return execFileSync("git", args, {
      cwd: this.directory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
