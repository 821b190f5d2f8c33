import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AddressPlan, LOCK_FILE, PLAN_FILE } from "@cluster-ipam/address-plan";
import { checkLock, updateLock } from "@cluster-ipam/address-plan/update";
import { type BackendOptions, BlueprintApp } from "@cluster-ipam/blueprint-core";

/** One thing that a platform team gets wrong, and what it is told. */
export interface Misconfiguration {
  /** What the trap belongs to: a cloud's rules, its IPAM, cdktf, or the address plan itself. */
  readonly trap: "aws" | "gke" | "ipam" | "cdktf" | "plan";
  /** Composes the repository's plan or stacks with this one thing wrong. */
  readonly wrong: () => unknown;
  readonly error: {
    /** Construct path, or the key in `addresses.yaml` or `addresses.lock.json`: the whole of it. */
    readonly path: string;
    /** What was given, as the message shows it. */
    readonly value: string;
    /** What to write instead, as the message ends. */
    readonly fix: string;
  };
}

/** Misconfigurations by what is wrong. */
export type Misconfigurations = Readonly<Record<string, Misconfiguration>>;

const root = join(__dirname, "../../..");
const local: BackendOptions = { type: "local", directory: "../../../state" };

/** The repository's plan. */
export const addresses = AddressPlan.load({ directory: root });

let outdir: string;

/** Makes the folder in which apps stand; {@link removeScratch} removes it. */
export function makeScratch(): void {
  outdir = mkdtempSync(join(tmpdir(), "misconfigurations-"));
}

export function removeScratch(): void {
  rmSync(outdir, { recursive: true, force: true });
}

/** An app as those of the repository. */
export const app = (backend = local): BlueprintApp => new BlueprintApp({ backend, outdir });

/** Loads the repository's plan with one passage of `addresses.yaml` written otherwise. */
export const plan = (from: string, to: string): unknown =>
  inCopy(PLAN_FILE, from, to, (directory) => AddressPlan.load({ directory }));

/** Verifies the repository's lock with one passage of `addresses.lock.json` written otherwise. */
export const lock = (from: string, to: string): unknown => inCopy(LOCK_FILE, from, to, checkLock);

/** Runs `npm run addresses` on the repository's plan with one passage of `addresses.yaml` written otherwise. */
export const update = (from: string, to: string): unknown =>
  inCopy(PLAN_FILE, from, to, (directory) => updateLock(directory, { env: {} }));

function inCopy(file: string, from: string, to: string, run: (directory: string) => unknown): unknown {
  const directory = join(outdir, "plan");
  mkdirSync(directory, { recursive: true });
  for (const name of [PLAN_FILE, LOCK_FILE]) {
    const text = readFileSync(join(root, name), "utf8");
    if (name === file && text.split(from).length !== 2) throw new Error(`not once in ${file}: ${from}`);
    writeFileSync(join(directory, name), name === file ? text.replace(from, to) : text);
  }
  return run(directory);
}
