import { isWhollyKnown, type ObjectValue, unknown, type Value } from "../value/value";

/**
 * A configuration as Terraform's SDK checks it: of a top-level argument or block that holds anything unknown, it checks
 * nothing until all is known (`schemaMap.validate`).
 */
export function checkedMembers(config: ObjectValue): ObjectValue {
  const members = Object.entries(config).map(([name, value]): [string, Value] => [
    name,
    isWhollyKnown(value) ? value : unknown,
  ]);
  return Object.fromEntries(members);
}
