import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type PythonPackages } from "../python-packages";

const run = promisify(execFile);

/** A check that a resource passes or fails. */
export interface Finding {
  readonly check: string;
  /** What the check wants, in the scanner's words. */
  readonly name: string;
  /** Terraform address. */
  readonly resource: string;
}

/** What the scanner says of the configurations in a folder. */
export interface ScanResult {
  readonly passed: readonly Finding[];
  readonly failed: readonly Finding[];
  /** Files that it cannot read. */
  readonly unread: readonly string[];
}

interface PrintedFinding {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
}

/** Runs checkov over the HCL below a folder, without a network. */
export async function scan(
  packages: Extract<PythonPackages, { readonly path: string }>,
  folder: string,
): Promise<ScanResult> {
  const options = ["--framework", "terraform", "--skip-download", "--soft-fail", "--output", "json"];
  const { stdout } = await run("python3", ["-m", "checkov.main", "--directory", folder, ...options], {
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", PYTHONPATH: packages.path },
    maxBuffer: 64 * 1024 * 1024,
  });
  const { results } = JSON.parse(stdout) as {
    results: {
      readonly passed_checks: readonly PrintedFinding[];
      readonly failed_checks: readonly PrintedFinding[];
      readonly parsing_errors: readonly string[];
    };
  };
  return {
    passed: results.passed_checks.map(finding),
    failed: results.failed_checks.map(finding),
    unread: results.parsing_errors,
  };
}

const finding = ({ check_id, check_name, resource }: PrintedFinding): Finding => ({
  ...{ check: check_id, name: check_name, resource },
});
