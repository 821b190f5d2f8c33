import { TerraformElement, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { ValidationError } from "../input/validation-error";
import { type ArgumentContext, asObject, type Fragments, type JsonObject } from "./arguments";
import { renderDocument } from "./document";
import { RenderError } from "./expression";
import { type Json } from "./value";

/**
 * Arguments that the AWS provider treats as attributes although bindings call them blocks: `ingress = []` removes all
 * rules of a security group, and no `ingress` keeps them.
 */
const attributes: Readonly<Record<string, readonly string[]>> = {
  aws_default_network_acl: ["egress", "ingress"],
  aws_default_route_table: ["route"],
  aws_default_security_group: ["egress", "ingress"],
  aws_network_acl: ["egress", "ingress"],
  aws_route_table: ["route"],
  aws_security_group: ["egress", "ingress"],
};

/**
 * Renders a stack as HCL. Values come from the JSON form, so both forms are equivalent. The typed fragments of the
 * bindings tell blocks from arguments.
 *
 * @param recorded context of elements that have no binding @default none; they cannot be rendered
 * @throws ValidationError if an override or an invalid template cannot be rendered
 */
export function renderStack(
  stack: TerraformStack,
  document: Readonly<Record<string, unknown>>,
  recorded?: ArgumentContext,
): { hcl: string; metadata: Record<string, unknown> } {
  const json = document as JsonObject;
  const contexts = contextsOf(stack);
  const refuse = (path: string): never => {
    throw new ValidationError(stack, `the override ${path} cannot be rendered as HCL; ${remedy}`);
  };
  try {
    const hcl = renderDocument(json, {
      of: (address) =>
        contexts.get(address) ??
        recorded ?? { fragments: {}, ambiguous: (path) => refuse(`${address}.${path}`) },
      refuse,
    });
    return { hcl, metadata: metadataOf(json) };
  } catch (error) {
    if (error instanceof RenderError) throw new ValidationError(stack, error.message);
    throw error;
  }
}

const remedy =
  "write a typed subclass of the binding that adds it to synthesizeAttributes and synthesizeHclAttributes";

/** The elements of a stack in cdktf's order. A nested stack has its own file. */
function elementsOf(scope: IConstruct): TerraformElement[] {
  const own = TerraformElement.isTerraformElement(scope) ? [scope] : [];
  const children = scope.node.children.filter((child) => !TerraformStack.isStack(child));
  return [...own, ...children.flatMap(elementsOf)];
}

/** A binding's HCL output, by section: fragments by name, and lists of instances for providers. */
interface HclSections {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Fragments>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Fragments>>>>;
  readonly provider?: Readonly<Record<string, readonly Fragments[]>>;
}

/**
 * The contexts of a stack's elements, by address: `data.<type>.<name>`, `provider.<name>.<index>`.
 *
 * @param isWanted chooses elements; each one costs time @default all
 */
export function contextsOf(
  stack: TerraformStack,
  isWanted: (element: TerraformElement) => boolean = () => true,
): Map<string, ArgumentContext> {
  const contexts = new Map<string, ArgumentContext>();
  for (const element of elementsOf(stack).filter(isWanted)) {
    const sections = element.toHclTerraform() as HclSections;
    for (const section of ["resource", "data"] as const) {
      for (const [type, instances] of Object.entries(sections[section] ?? {})) {
        for (const [name, fragments] of Object.entries(instances)) {
          contexts.set(`${section}.${type}.${name}`, contextOf(element, type, fragments));
        }
      }
    }
    for (const [name, instances] of Object.entries(sections.provider ?? {})) {
      let index = 0;
      while (contexts.has(`provider.${name}.${index}`)) index += 1;
      for (const fragments of instances) {
        contexts.set(`provider.${name}.${index++}`, contextOf(element, name, fragments));
      }
    }
  }
  return contexts;
}

function contextOf(element: TerraformElement, type: string, fragments: Fragments): ArgumentContext {
  return {
    fragments,
    overridden: new Set(Object.keys(element["rawOverrides"] as object)),
    attributes: attributes[type],
    ambiguous: (path) => {
      throw new ValidationError(
        element,
        `the override ${path} of ${type} has an object, which could be a block or a map in HCL; ${remedy}`,
      );
    },
  };
}

/** The metadata that cdktf-cli reads instead of the JSON form: settings and the construct path of each element. */
function metadataOf(json: JsonObject): Record<string, unknown> {
  const metadata: Record<string, unknown> = { "//": json["//"], terraform: json["terraform"] };
  for (const section of ["resource", "data"]) {
    const types = Object.entries(asObject(json[section]));
    if (types.length > 0)
      metadata[section] = mapValues(types, (names) => mapValues(Object.entries(asObject(names)), origin));
  }
  const modules = Object.entries(asObject(json["module"]));
  if (modules.length > 0) metadata["module"] = mapValues(modules, origin);
  return metadata;
}

function origin(element: Json): Record<string, unknown> {
  return { "//": asObject(element)["//"] };
}

function mapValues(
  entries: readonly [string, Json][],
  map: (value: Json) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(entries.map(([key, value]) => [key, map(value)]));
}
