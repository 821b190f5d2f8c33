import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TerraformPlan } from "@cluster-ipam/plan-report";
import { RetirementError } from "./retirement-error";
import { type ManagedResource } from "./stack-state";
import { type Terraform } from "./terraform";

/** A block of a resource type, as `terraform providers schema -json` prints it. */
interface SchemaBlock {
  readonly attributes?: Readonly<
    Record<string, { readonly required?: boolean; readonly optional?: boolean }>
  >;
  readonly block_types?: Readonly<
    Record<string, { readonly min_items?: number; readonly block: SchemaBlock }>
  >;
}

interface PrintedSchemas {
  readonly provider_schemas: Readonly<
    Record<string, { readonly resource_schemas?: Readonly<Record<string, { readonly block: SchemaBlock }>> }>
  >;
}

/**
 * The resources whose deletion the provider refuses because of what the state says. A `prevent_destroy` is not among them:
 * Terraform reads it from the configuration, and an emptied stack has none.
 */
export const protectedResources = (resources: readonly ManagedResource[]): readonly ManagedResource[] =>
  resources.filter(({ attributes }) => attributes["deletion_protection"] === true);

/**
 * Turns deletion protection off in the cloud or, for `google_container_cluster`, in the state. An emptied configuration
 * cannot do that, so it applies, to these resources only, a configuration that is built from the state.
 *
 * @param folder initialized folder of the emptied stack, whose backend and providers it uses
 * @param resources all in the state, which is refreshed: a resource that is gone would be created
 * @throws RetirementError if a protected resource is in a module or has several instances, the plan would do more, or
 * Terraform fails
 */
export async function turnOffProtection(
  terraform: Terraform,
  stack: string,
  folder: string,
  resources: readonly ManagedResource[],
): Promise<void> {
  const targets = protectedResources(resources);
  const unsupported = targets.find(({ isPlain }) => !isPlain);
  if (unsupported !== undefined)
    throw new RetirementError(
      `${stack}: ${unsupported.address} has deletion protection and is in a module, or one of several instances; ` +
        `turn its deletion protection off with Terraform and run the command again`,
    );
  const parent = join(folder, "../../unprotected");
  // As deep as the stack's own folder: the path of a local backend is relative.
  const work = join(parent, stack);
  rmSync(parent, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    for (const file of ["cdk.tf", "cdk.tf.json", ".terraform.lock.hcl", ".terraform"])
      if (existsSync(join(folder, file)))
        cpSync(join(folder, file), join(work, file), { recursive: true, verbatimSymlinks: true });
    const schemas = await terraform.read(stack, work, "providers", "schema", "-json");
    const configuration = unprotected(targets, resources, JSON.parse(schemas) as PrintedSchemas);
    writeFileSync(join(work, "unprotected.tf.json"), JSON.stringify(configuration));
    const options = ["-input=false", `-out=${PLAN}`, ...targets.map(({ address }) => `-target=${address}`)];
    await terraform.read(stack, work, "plan", "-no-color", ...options);
    checkPlan(stack, JSON.parse(await terraform.read(stack, work, "show", "-json", PLAN)) as TerraformPlan);
    await terraform.apply(stack, work, PLAN);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

const PLAN = "unprotected.tfplan";

/** @throws RetirementError unless the plan only updates resources */
function checkPlan(stack: string, { resource_changes = [] }: TerraformPlan): void {
  const unexpected = resource_changes.find(
    ({ change }) => !["no-op", "read", "update"].includes(change.actions.join()),
  );
  if (unexpected === undefined) return;
  throw new RetirementError(
    `${stack}: turning off deletion protection would ${unexpected.change.actions.join(" and ")} ${unexpected.address}, ` +
      `so nothing was changed; turn it off with Terraform and run the command again`,
  );
}

/**
 * A configuration in which only deletion protection differs from the state. It has the resources that the targets
 * depend on too: an apply writes a target's dependencies into the state, and they are the order of the destruction.
 */
function unprotected(
  targets: readonly ManagedResource[],
  resources: readonly ManagedResource[],
  { provider_schemas }: PrintedSchemas,
): { readonly resource: Readonly<Record<string, Record<string, unknown>>> } {
  const declared = resources.filter(
    (each) =>
      each.isPlain &&
      (targets.includes(each) || targets.some(({ dependencies }) => dependencies.includes(each.address))),
  );
  const addresses = declared.map(({ address }) => address);
  const resource: Record<string, Record<string, unknown>> = {};
  for (const each of declared) {
    const { block } = Object.values(provider_schemas).flatMap(
      ({ resource_schemas }) => resource_schemas?.[each.type] ?? [],
    )[0]!;
    const isTarget = targets.includes(each);
    const otherArguments = settableArguments(block).filter((name) => name !== "deletion_protection");
    (resource[each.type] ??= {})[each.name] = {
      ...requiredArguments(block, each.attributes),
      ...(isTarget && { deletion_protection: false }),
      ...(each.providerAlias !== undefined && {
        provider: `${each.type.split("_")[0]}.${each.providerAlias}`,
      }),
      depends_on: each.dependencies.filter((address) => addresses.includes(address)),
      lifecycle: { ignore_changes: isTarget ? otherArguments : "all" },
    };
  }
  return { resource };
}

/** Arguments and blocks that a configuration may set. */
function settableArguments({ attributes = {}, block_types = {} }: SchemaBlock): readonly string[] {
  const settable = Object.entries(attributes).filter(([, { required, optional }]) => required || optional);
  return [...settable.map(([name]) => name), ...Object.keys(block_types)];
}

function requiredArguments(
  block: SchemaBlock,
  state: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const attributes = Object.entries(block.attributes ?? {}).filter(([, { required }]) => required);
  const blocks = Object.entries(block.block_types ?? {}).filter(([, { min_items = 0 }]) => min_items > 0);
  return Object.fromEntries([
    ...attributes.map(([name]) => [name, state[name]]),
    ...blocks.map(([name, { block: inner }]) => [
      name,
      (state[name] as readonly Record<string, unknown>[]).map((each) => requiredArguments(inner, each)),
    ]),
  ]);
}
