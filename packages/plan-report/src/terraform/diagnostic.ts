/** A Terraform error or warning, in Terraform's own words. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  /** May span several lines; empty if Terraform gives none. */
  readonly detail: string;
  /** Address of the affected resource. */
  readonly address?: string;
  /** File and line in the stack's folder, for example `cdk.tf:12`. */
  readonly position?: string;
  /** The line of configuration it refers to. */
  readonly code?: string;
  /** How to fix it, if this project knows. */
  readonly fix?: string;
}

/** Why a stack could not be planned. */
export interface StackFailure {
  readonly stack: string;
  /** The Terraform command that failed. */
  readonly command: "init" | "plan" | "show";
  /** At least one error. */
  readonly diagnostics: readonly Diagnostic[];
}

interface MachineDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  readonly snippet?: { readonly code: string; readonly context?: string | null };
}

const FIXES: readonly { readonly pattern: RegExp; readonly fix: string }[] = [
  {
    pattern: /available provider packages|could not connect to registry|available versions for provider/i,
    fix: "Terraform found no providers: run `npm run plan`, or `npx sandbox --from-nothing -- plan-stacks` in the app's folder",
  },
  {
    pattern: /Reattachment process not found/i,
    fix: "the sandbox's providers have stopped: run the plan again",
  },
];

/** Parses one line of `terraform plan -json`; undefined if it is not a diagnostic. */
export function parseDiagnosticLine(line: string): Diagnostic | undefined {
  if (!line.includes('"type":"diagnostic"')) return undefined;
  const { diagnostic } = JSON.parse(line) as { diagnostic: MachineDiagnostic };
  const { severity, summary, detail = "", address, range, snippet } = diagnostic;
  const code = snippet?.code.trim();
  return withFix({
    severity,
    summary,
    detail: detail.trim(),
    ...(address ? { address } : snippet?.context ? { address: addressFromContext(snippet.context) } : {}),
    ...(range ? { position: `${range.filename}:${range.start.line}` } : {}),
    ...(code ? { code } : {}),
  });
}

/**
 * Parses the plain-text output of `terraform init` and `terraform show`: one diagnostic per `Error:`. Output without
 * any becomes the detail of a single error.
 *
 * @param fallbackSummary summary of that single error
 */
export function parseDiagnosticText(text: string, fallbackSummary: string): Diagnostic[] {
  const errors = text.split(/^Error: /m).slice(1);
  if (errors.length === 0)
    return [withFix({ severity: "error", summary: fallbackSummary, detail: text.trim() })];
  return errors.map((error) => {
    const [summary, ...rest] = error.split(/\n\s*\n/);
    return withFix({
      severity: "error",
      summary: (summary ?? "").replace(/\s+/g, " ").trim(),
      detail: rest.join("\n\n").trim(),
    });
  });
}

/** A readable block: the summary and location, then the code, detail and fix, indented. */
export function describeDiagnostic(diagnostic: Diagnostic): string {
  const location = [diagnostic.address, diagnostic.position].filter(Boolean).join(", ");
  const lines = [location ? `${diagnostic.summary} (${location})` : diagnostic.summary];
  if (diagnostic.code) lines.push(...indent(diagnostic.code));
  if (diagnostic.detail) lines.push(...indent(diagnostic.detail));
  if (diagnostic.fix) lines.push(`Fix: ${diagnostic.fix}`);
  return lines.join("\n");
}

function withFix(diagnostic: Diagnostic): Diagnostic {
  const text = `${diagnostic.summary}\n${diagnostic.detail}`.replace(/\s+/g, " ");
  const known = FIXES.find(({ pattern }) => pattern.test(text));
  return known ? { ...diagnostic, fix: known.fix } : diagnostic;
}

/** `resource "aws_vpc" "main"` → `aws_vpc.main` */
function addressFromContext(context: string): string {
  const [, kind, type, name] = /^(resource|data) "([^"]+)" "([^"]+)"/.exec(context) ?? [];
  if (type === undefined) return context;
  return kind === "data" ? `data.${type}.${name}` : `${type}.${name}`;
}

const indent = (text: string) => text.split("\n").map((line) => (line.trim() ? `  ${line}` : ""));
