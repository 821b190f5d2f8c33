import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@cluster-ipam/sandbox";
import { type Outcome, type RecordedCase, type RecordedProvider } from "./recorded-case";

const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
const PLAN = "cases.plan";

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string };
}

interface ShownPlan {
  readonly resource_changes?: readonly { readonly name: string; readonly change: ShownChange }[];
  readonly prior_state?: {
    readonly values?: { readonly root_module?: { readonly resources?: readonly ShownResource[] } };
  };
}

interface ShownChange {
  readonly actions: readonly string[];
  readonly replace_paths?: readonly unknown[];
  readonly after: unknown;
  readonly after_unknown: unknown;
  readonly after_sensitive: unknown;
}

interface ShownResource {
  readonly mode: string;
  readonly name: string;
  readonly values: unknown;
  readonly sensitive_values: unknown;
}

/** A schema as `terraform providers schema -json` prints it, as far as states need it. */
export interface PrintedBlock {
  readonly attributes?: Readonly<Record<string, { readonly type?: unknown; readonly sensitive?: boolean }>>;
  readonly block_types?: Readonly<
    Record<string, { readonly nesting_mode: string; readonly block: PrintedBlock }>
  >;
}

export interface PrintedSchemas {
  readonly resource_schemas?: Readonly<
    Record<string, { readonly version: number; readonly block: PrintedBlock }>
  >;
  readonly data_source_schemas?: Readonly<
    Record<string, { readonly version: number; readonly block: PrintedBlock }>
  >;
}

/** Plans recorded cases with Terraform and the sandbox, many in one plan. */
export class CasePlanner {
  private constructor(
    private readonly provider: RecordedProvider,
    private readonly folder: string,
    private readonly sandbox: Sandbox,
    /** What the sandbox's provider offers. */
    readonly schemas: PrintedSchemas,
    /** The provider's address: Terraform and OpenTofu take it from registries of their own. */
    private readonly address: string,
  ) {}

  static async open(provider: RecordedProvider, cases: readonly RecordedCase[]): Promise<CasePlanner> {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), "conformance-"));
    const sandbox = await startSandbox({ folders: [folder], assumePrerequisites: true });
    const planner = new CasePlanner(provider, folder, sandbox, {}, "");
    const [address, schemas] = await planner.printSchemas(cases);
    return new CasePlanner(provider, folder, sandbox, schemas, address);
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Plans cases. Those that are refused are taken out until the others can be planned. @returns outcomes in their order */
  async plan(cases: readonly RecordedCase[], adopted = (one: RecordedCase) => one.state): Promise<Outcome[]> {
    const named = new Map(cases.map((one, index) => [`c${index}`, one]));
    const outcomes = new Map<string, Outcome>();
    const folder = this.write(named, adopted);
    for (let isPlanned = false; !isPlanned;) {
      const open = [...named].filter(([name]) => !outcomes.has(name));
      this.writeState(folder, open, adopted);
      rmSync(join(folder, PLAN), { force: true });
      const args = ["plan", "-json", "-refresh=false", "-input=false", `-out=${PLAN}`];
      const { stdout, code } = await this.terraform(folder, args);
      isPlanned = existsSync(join(folder, PLAN));
      const refused = code === 0 ? new Map<string, Outcome>() : refusals(stdout, named);
      if (!isPlanned && refused.size === 0) return this.halves(cases, stdout, adopted);
      for (const [name, outcome] of refused) {
        outcomes.set(name, outcome);
        rmSync(join(folder, `${name}.tf`), { force: true });
      }
    }
    const shown = await this.terraform(folder, ["show", "-json", PLAN]);
    if (shown.code !== 0) throw new Error(shown.stderr);
    for (const [name, outcome] of shownOutcomes(JSON.parse(shown.stdout) as ShownPlan))
      if (!outcomes.has(name)) outcomes.set(name, outcome);
    rmSync(folder, { recursive: true, force: true });
    return [...named.keys()].map((name) => outcomes.get(name) ?? NOT_PLANNED);
  }

  /** Writes cases, by their names, and what exists. @returns the folder, which `close` removes */
  write(named: ReadonlyMap<string, RecordedCase>, adopted = (one: RecordedCase) => one.state): string {
    const folder = mkdtempSync(join(this.folder, "cases-"));
    writeFileSync(join(folder, "provider.tf"), this.settings());
    for (const [name, { config }] of named)
      writeFileSync(join(folder, `${name}.tf`), config.replaceAll("__NAME__", name));
    this.writeState(folder, [...named], adopted);
    return folder;
  }

  private writeState(folder: string, ...state: Parameters<CasePlanner["state"]>): void {
    writeFileSync(join(folder, "terraform.tfstate"), JSON.stringify(this.state(...state)));
  }

  /** An error that names no case: it is that of a case that causes it alone. */
  private async halves(
    cases: readonly RecordedCase[],
    output: string,
    adopted: (one: RecordedCase) => RecordedCase["state"],
  ): Promise<Outcome[]> {
    const [error] = diagnosticsOf(output);
    if (cases.length === 1)
      return [
        { refused: true, summary: error?.summary ?? "Terraform failed", detail: error?.detail ?? output },
      ];
    const middle = Math.ceil(cases.length / 2);
    return [
      ...(await this.plan(cases.slice(0, middle), adopted)),
      ...(await this.plan(cases.slice(middle), adopted)),
    ];
  }

  private settings(): string {
    return readFileSync(join(__dirname, "providers", `${this.provider}.tf`), "utf8");
  }

  private state(
    open: readonly (readonly [string, RecordedCase])[],
    adopted: (one: RecordedCase) => RecordedCase["state"],
  ): object {
    const resources = open.flatMap(([name, one]) => {
      const state = adopted(one);
      if (state === null) return [];
      const alias = /^\s*provider\s*=\s*\w+\.(\w+)/m.exec(one.config)?.[1];
      const address = `provider["${this.address}"]${alias === undefined ? "" : `.${alias}`}`;
      const block = this.schemas.resource_schemas?.[one.type]?.block ?? {};
      const instance = { ...state, sensitive_attributes: sensitivePaths(block, state.attributes) };
      return [{ mode: "managed", type: one.type, name, provider: address, instances: [instance] }];
    });
    return {
      version: 4,
      terraform_version: "1.8.0",
      serial: 1,
      lineage: "conformance",
      outputs: {},
      resources,
    };
  }

  private async printSchemas(cases: readonly RecordedCase[]): Promise<readonly [string, PrintedSchemas]> {
    const folder = join(this.folder, "schema");
    mkdirSync(folder);
    const types = [...new Set(cases.map(({ type }) => type))].map((type) =>
      type.startsWith("data.") ? `data "${type.slice(5)}" "x" {}` : `resource "${type}" "x" {}`,
    );
    writeFileSync(join(folder, "types.tf"), types.join("\n"));
    writeFileSync(join(folder, "provider.tf"), this.settings());
    const { stdout } = await this.terraform(folder, ["providers", "schema", "-json"]);
    const printed = JSON.parse(stdout) as {
      readonly provider_schemas: Readonly<Record<string, PrintedSchemas>>;
    };
    const providers = Object.entries(printed.provider_schemas);
    const own = providers.find(([address]) => address.endsWith(`/hashicorp/${this.provider}`));
    if (own === undefined) throw new Error(`${terraform} printed no schema of ${this.provider}`);
    return own;
  }

  private terraform(cwd: string, args: readonly string[]): Promise<Run> {
    const env = { ...process.env, ...this.sandbox.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
    return new Promise((resolve, reject) => {
      execFile(terraform, args, { cwd, env, maxBuffer: 2 ** 30 }, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : undefined;
        if (code === undefined) reject(error!);
        else resolve({ stdout, stderr, code });
      });
    });
  }
}

interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

const NOT_PLANNED: Outcome = { refused: true, summary: "Terraform planned nothing" };

/** The refused cases by their names. */
function refusals(output: string, named: ReadonlyMap<string, RecordedCase>): Map<string, Outcome> {
  const refused = new Map<string, Outcome>();
  for (const { range, address, summary, detail = "" } of diagnosticsOf(output)) {
    const name = /^(c\d+)\.tf$/.exec(range?.filename ?? "")?.[1] ?? address?.split(".").at(-1);
    if (name !== undefined && named.has(name) && !refused.has(name))
      refused.set(name, { refused: true, summary, detail });
  }
  return refused;
}

function diagnosticsOf(output: string): readonly Diagnostic[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => (JSON.parse(line) as { readonly diagnostic?: Diagnostic }).diagnostic)
    .filter(
      (diagnostic) => diagnostic !== undefined && diagnostic.severity === "error",
    ) as readonly Diagnostic[];
}

function shownOutcomes({
  resource_changes: changes = [],
  prior_state: prior,
}: ShownPlan): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  for (const { name, change } of changes)
    outcomes.set(name, {
      refused: false,
      actions: change.actions,
      replacePaths: change.replace_paths ?? [],
      after: change.after,
      afterUnknown: change.after_unknown,
      afterSensitive: change.after_sensitive,
    });
  // A data source that was read while planning is in the state and not among the changes.
  for (const { mode, name, values, sensitive_values: sensitive } of prior?.values?.root_module?.resources ??
    [])
    if (mode === "data")
      outcomes.set(name, {
        refused: false,
        actions: [],
        replacePaths: [],
        after: values,
        afterUnknown: {},
        afterSensitive: sensitive,
      });
  return outcomes;
}

/** The sensitive members of a state, as Terraform writes them: without them it plans an update. */
function sensitivePaths(
  { attributes = {}, block_types: nested = {} }: PrintedBlock,
  value: unknown,
  path: readonly object[] = [],
): readonly (readonly object[])[] {
  const at = (name: string) => [...path, { type: "get_attr", value: name }];
  const own = Object.entries(attributes).flatMap(([name, { sensitive }]) => (sensitive ? [at(name)] : []));
  const inner = Object.entries(nested).flatMap(([name, { nesting_mode: mode, block }]) => {
    const items = (value as Readonly<Record<string, unknown>> | null)?.[name];
    if (mode !== "list" || !Array.isArray(items)) return [];
    return items.flatMap((item, index) =>
      sensitivePaths(block, item, [...at(name), { type: "index", value: { value: index, type: "number" } }]),
    );
  });
  return [...own, ...inner];
}
