import { type BlockSchema } from "../schema/type-schema";
import { type Path } from "../value/diagnostic";
import { isList, isObject, unknown, type Value } from "../value/value";

/** A value inside a resource, with its path. */
export interface Member {
  readonly path: Path;
  readonly value: Value;
}

/** All members that a path without indices (`ports.name`) matches, across every block on the way. */
export function membersAt(value: Value, path: string): readonly Member[] {
  return path
    .split(".")
    .reduce<readonly Member[]>(
      (members, name) =>
        members.flatMap((member) =>
          elements(member).flatMap((element) =>
            isObject(element.value) && name in element.value
              ? [{ path: [...element.path, name], value: element.value[name]! }]
              : [],
          ),
        ),
      [{ path: [], value }],
    );
}

/** The elements of a list, set or map of objects, or the value itself. */
export const elements = ({ path, value }: Member): readonly Member[] =>
  isList(value) ? value.map((item, index) => ({ path: [...path, index], value: item })) : [{ path, value }];

/** Whether the configuration sets a member. A block is set when there is at least one, a list also when it is empty. */
export function presence(block: BlockSchema, config: Value, path: string): "set" | "unset" | "unknown" {
  const values = membersAt(config, path).map(({ value }) => value);
  if (values.some((value) => value === unknown)) return "unknown";
  const areBlocks = isBlock(block, path);
  const isSet = (value: Value): boolean => (areBlocks && isList(value) ? value.length > 0 : value !== null);
  return values.some(isSet) ? "set" : "unset";
}

/** Whether a path without indices is one of blocks. */
export function isBlock(block: BlockSchema, path: string): boolean {
  const [name, ...rest] = path.split(".");
  const nested = block.blocks[name!];
  return nested !== undefined && (rest.length === 0 || isBlock(nested.block, rest.join(".")));
}
