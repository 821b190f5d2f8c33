import { isList, isObject, type ObjectValue, unknown, type Value } from "@cluster-ipam/terraform-provider";

/**
 * Resolves a block's unknown members to the service's values; configured members remain. A block that is entirely
 * unknown becomes the values.
 */
export function resolveUnknown(block: Value | undefined, values: ObjectValue): Value {
  if (block === unknown) return [values];
  return (isList(block) ? block : []).map((element) =>
    isObject(element)
      ? Object.fromEntries(
          Object.entries(element).map(([name, value]) => [
            name,
            value === unknown && name in values ? values[name]! : value,
          ]),
        )
      : element,
  );
}
