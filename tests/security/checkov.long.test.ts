import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../plan/synthesis";
import { pythonPackages } from "../python-packages";
import { exceptions } from "./exceptions";
import { scan, type ScanResult } from "./checkov";
import { withExceptions } from "./security-page";

const packages = pythonPackages(join(__dirname, "requirements.txt"));
const page = join(__dirname, "../../docs/security.md");
const withScanner = (name: string, body: () => void): void => {
  if ("missing" in packages) test.skip(`${name} (cannot be installed here: ${packages.missing})`, () => {});
  else test(name, body);
};

/** What the scanner says of prod's HCL, with every setting that only its owner can give. */
let result: ScanResult;
beforeAll(async () => {
  if ("missing" in packages) return;
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "cluster-ipam-security-"));
  try {
    synthesize("prod", folder, { env: { PROD_RBAC_DOMAIN: "example.com" } });
    result = await scan(packages, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 300_000);

const typeOf = (resource: string) => resource.split(".")[0]!;

withScanner("prod fails no check without a reviewed reason", () => {
  const excepted = new Set(exceptions.map(({ check, type }) => `${check} ${type}`));
  const unexpected = result.failed.filter(
    ({ check, resource }) => !excepted.has(`${check} ${typeOf(resource)}`),
  );
  expect(unexpected).toEqual([]);
  expect(result.unread).toEqual([]);
});

withScanner("every exception is needed, and its words about node pools are true", () => {
  const failed = new Set(result.failed.map(({ check, resource }) => `${check} ${typeOf(resource)}`));
  expect(exceptions.filter(({ check, type }) => !failed.has(`${check} ${type}`))).toEqual([]);
  const passed = (check: string, type: string) =>
    result.passed.some((finding) => finding.check === check && typeOf(finding.resource) === type);
  expect(passed("CKV_GCP_69", "google_container_node_pool")).toBe(true);
});

withScanner("the scanner sees what a setting hardens", () => {
  const checks = (type: string) =>
    result.passed.filter(({ resource }) => typeOf(resource) === type).map(({ check }) => check);
  expect(checks("aws_eks_cluster")).toEqual(expect.arrayContaining(["CKV_AWS_37", "CKV_AWS_58"]));
  expect(checks("aws_vpc")).toContain("CKV2_AWS_11");
  expect(checks("google_compute_subnetwork")).toContain("CKV_GCP_26");
  expect(checks("google_container_cluster")).toEqual(
    expect.arrayContaining(["CKV_GCP_61", "CKV_GCP_65", "CKV_GCP_66"]),
  );
});

withScanner("docs/security.md lists the exceptions", () => {
  const written = withExceptions(readFileSync(page, "utf8"), exceptions, result.failed);
  if (process.env["UPDATE_SECURITY"]) writeFileSync(page, written);
  // Prettier aligns the columns of the page.
  const words = (text: string) => text.replace(/[ -]+/g, " ");
  expect(words(readFileSync(page, "utf8"))).toBe(words(written));
});
