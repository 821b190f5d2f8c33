import { isWhollyKnown, type ObjectValue, unknown } from "../value/value";

/**
 * A configuration as Terraform's SDK checks it: of a top-level argument or block that holds anything unknown, it checks
 * nothing until all is known (`schemaMap.validate`).
 */
export function checkedMembers(config: ObjectValue): ObjectValue {
  const open = Object.keys(config).filter((name) => !isWhollyKnown(config[name]!));
  return { ...config, ...Object.fromEntries(open.map((name) => [name, unknown])) };
}
