/** What Terraform says about a stack: its own words. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  /** Several lines; empty if Terraform adds nothing. */
  readonly detail: string;
  /** Address of the resource it is about. */
  readonly address?: string;
  /** File and line in the stack's folder, for example `cdk.tf:12`. */
  readonly position?: string;
  /** The line of configuration it points at. */
  readonly code?: string;
  /** What to do, where this project knows. */
  readonly fix?: string;
}

/** A stack that could not be planned. */
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

const FIXES: readonly { readonly words: RegExp; readonly fix: string }[] = [
  {
    words: /available provider packages|could not connect to registry|available versions for provider/i,
    fix: "no provider is served to Terraform: run `npm run plan`, or `npx sandbox --from-nothing -- plan-stacks` in the app's folder",
  },
  {
    words: /Reattachment process not found/i,
    fix: "the providers that the sandbox serves have stopped: run the plan again",
  },
];

/** Reads one line of `terraform plan -json`; undefined if it is not a diagnostic. */
export function diagnosticOfLine(line: string): Diagnostic | undefined {
  if (!line.includes('"type":"diagnostic"')) return undefined;
  const { diagnostic } = JSON.parse(line) as { diagnostic: MachineDiagnostic };
  const { severity, summary, detail = "", address, range, snippet } = diagnostic;
  const code = snippet?.code.trim();
  return withFix({
    severity,
    summary,
    detail: detail.trim(),
    ...(address ? { address } : snippet?.context ? { address: resourceOf(snippet.context) } : {}),
    ...(range ? { position: `${range.filename}:${range.start.line}` } : {}),
    ...(code ? { code } : {}),
  });
}

/**
 * Reads what `terraform init` and `terraform show` write for people: one diagnostic for each `Error:`.
 * Text without one becomes the detail of a single error.
 */
export function diagnosticsOfText(text: string, otherwise: string): Diagnostic[] {
  const errors = text.split(/^Error: /m).slice(1);
  if (errors.length === 0) return [withFix({ severity: "error", summary: otherwise, detail: text.trim() })];
  return errors.map((error) => {
    const [summary, ...rest] = error.split(/\n\s*\n/);
    return withFix({
      severity: "error",
      summary: (summary ?? "").replace(/\s+/g, " ").trim(),
      detail: rest.join("\n\n").trim(),
    });
  });
}

/** For people: a line with what and where, then Terraform's detail, indented, and the fix. */
export function describe(diagnostic: Diagnostic): string {
  const where = [diagnostic.address, diagnostic.position].filter(Boolean).join(", ");
  const lines = [where ? `${diagnostic.summary} (${where})` : diagnostic.summary];
  if (diagnostic.code) lines.push(...indent(diagnostic.code));
  if (diagnostic.detail) lines.push(...indent(diagnostic.detail));
  if (diagnostic.fix) lines.push(`Fix: ${diagnostic.fix}`);
  return lines.join("\n");
}

function withFix(diagnostic: Diagnostic): Diagnostic {
  const text = `${diagnostic.summary}\n${diagnostic.detail}`.replace(/\s+/g, " ");
  const known = FIXES.find(({ words }) => words.test(text));
  return known ? { ...diagnostic, fix: known.fix } : diagnostic;
}

/** `resource "aws_vpc" "main"` → `aws_vpc.main` */
function resourceOf(context: string): string {
  const [, kind, type, name] = /^(resource|data) "([^"]+)" "([^"]+)"/.exec(context) ?? [];
  if (type === undefined) return context;
  return kind === "data" ? `data.${type}.${name}` : `${type}.${name}`;
}

const indent = (text: string) => text.split("\n").map((line) => (line.trim() ? `  ${line}` : ""));
