import { isList, isObject, type ObjectValue, unknown, type Value } from "@cluster-ipam/terraform-provider";

/**
 * A block in which members that were not known yet have the values the service gives them; members that
 * were asked for stay. A block that was not known at all is made of the values.
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
