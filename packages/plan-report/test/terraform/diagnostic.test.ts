import { describeDiagnostic, parseDiagnosticLine, parseDiagnosticText } from "../../src/terraform/diagnostic";

const line = (diagnostic: object) =>
  JSON.stringify({ "@level": "error", "@message": "Error", diagnostic, type: "diagnostic" });

test("parses a diagnostic with its resource and location", () => {
  const diagnostic = parseDiagnosticLine(
    line({
      severity: "error",
      summary: "Unsupported argument",
      detail: 'An argument named "cidr" is not expected here.',
      range: { filename: "cdk.tf", start: { line: 12, column: 3, byte: 0 }, end: {} },
      snippet: { context: 'resource "aws_vpc" "main"', code: '  cidr = "10.0.0.0/8"', start_line: 12 },
    }),
  );
  if (diagnostic === undefined) throw new Error("not recognised");

  expect(describeDiagnostic(diagnostic)).toBe(
    [
      "Unsupported argument (aws_vpc.main, cdk.tf:12)",
      '  cidr = "10.0.0.0/8"',
      '  An argument named "cidr" is not expected here.',
    ].join("\n"),
  );
});

test("the address of a data source or check comes from the context", () => {
  const of = (context: string) =>
    parseDiagnosticLine(line({ severity: "warning", summary: "Odd", snippet: { context, code: "x = 1" } }))
      ?.address;
  expect(of('data "aws_region" "current"')).toBe("data.aws_region.current");
  expect(of('check "reachable"')).toBe('check "reachable"');
});

test("other lines of a plan are not diagnostics", () => {
  expect(parseDiagnosticLine('{"@level":"info","type":"change_summary"}')).toBeUndefined();
  expect(parseDiagnosticLine("")).toBeUndefined();
});

test("splits the output of init into errors and adds a known fix", () => {
  const text = `
Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider
hashicorp/aws: could not connect to registry.terraform.io

Error: Unsupported Terraform Core
version

Needs 1.12.
`;
  const [registry, version] = parseDiagnosticText(text, "terraform init exited with code 1");

  expect(registry?.summary).toBe("Failed to query available provider packages");
  expect(registry?.fix).toContain("sandbox --from-nothing -- plan-stacks");
  expect(version).toEqual({
    severity: "error",
    summary: "Unsupported Terraform Core version",
    detail: "Needs 1.12.",
  });
});

test("output without an error becomes the detail of one", () => {
  expect(parseDiagnosticText("Killed\n", "terraform init exited with code 137")).toEqual([
    { severity: "error", summary: "terraform init exited with code 137", detail: "Killed" },
  ]);
});
