import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
 * cannot do that, so it applies, to these resources only, a configuration that has nothing but them.
 *
 * @param folder initialized folder of the emptied stack, whose backend and providers it uses
 * @throws RetirementError if a resource is in a module or has several instances, or Terraform fails
 */
export async function turnOffProtection(
  terraform: Terraform,
  stack: string,
  folder: string,
  resources: readonly ManagedResource[],
): Promise<void> {
  const inModule = resources.find(({ isPlain }) => !isPlain);
  if (inModule !== undefined)
    throw new RetirementError(
      `${stack}: ${inModule.address} has deletion protection and is in a module, or one of several instances; ` +
        `turn its deletion protection off with Terraform and run the command again`,
    );
  // As deep as the stack's own folder: the path of a local backend is relative.
  const work = join(folder, "../../unprotected", stack);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    for (const file of ["cdk.tf", "cdk.tf.json", ".terraform.lock.hcl", ".terraform"])
      if (existsSync(join(folder, file)))
        cpSync(join(folder, file), join(work, file), { recursive: true, verbatimSymlinks: true });
    const printed = await terraform.read(stack, work, "providers", "schema", "-json");
    const configuration = unprotected(resources, JSON.parse(printed) as PrintedSchemas);
    writeFileSync(join(work, "unprotected.tf.json"), JSON.stringify(configuration));
    await terraform.apply(stack, work, ...resources.map(({ address }) => `-target=${address}`));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A configuration of the resources in which only deletion protection differs from the state. */
function unprotected(
  resources: readonly ManagedResource[],
  { provider_schemas }: PrintedSchemas,
): { readonly resource: Readonly<Record<string, Record<string, unknown>>> } {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const { type, name, attributes, providerAlias } of resources) {
    const { block } = Object.values(provider_schemas).flatMap(
      ({ resource_schemas }) => resource_schemas?.[type] ?? [],
    )[0]!;
    const settable = Object.entries(block.attributes ?? {})
      .filter(([, { required, optional }]) => required || optional)
      .map(([attribute]) => attribute);
    const ignored = [...settable, ...Object.keys(block.block_types ?? {})];
    (resource[type] ??= {})[name] = {
      ...requiredArguments(block, attributes),
      deletion_protection: false,
      ...(providerAlias !== undefined && { provider: `${type.split("_")[0]}.${providerAlias}` }),
      lifecycle: { ignore_changes: ignored.filter((attribute) => attribute !== "deletion_protection") },
    };
  }
  return { resource };
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
