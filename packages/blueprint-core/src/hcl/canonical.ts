import { type ArgumentContext, asList, asObject, isBlock, type JsonObject, nested } from "./arguments";
import { type Json, renderValue } from "./value";

/**
 * The arguments in a form that shows what is a block without the binding: a block is a list of objects, a map an object.
 * An argument that is a list of objects becomes an expression. Arguments without a value are left out.
 */
export function canonicalArguments(json: JsonObject, context: ArgumentContext, path = ""): JsonObject {
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(json)) {
    if (value === null || name === "//") continue;
    if (name !== "dynamic" && isBlock(name, value, context, path)) {
      result[name] = asList(value).map((item, index) =>
        canonicalArguments(
          asObject(item),
          { ...context, fragments: nested(context.fragments[name], index), overridden: undefined },
          `${path}${name}.`,
        ),
      );
    } else {
      result[name] = hasObject(value) ? `\${${renderValue(value, "")}}` : value;
    }
  }
  return result;
}

/** The context of arguments in the canonical form. */
export const canonicalContext: ArgumentContext = {
  fragments: {},
  canonical: true,
  ambiguous: (path) => {
    throw new Error(`${path} is not in the canonical form`);
  },
};

function hasObject(value: Json): boolean {
  return Array.isArray(value) && value.some((item) => typeof item === "object" && item !== null);
}
