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
  const found: Member[] = [];
  collect({ path: [], value }, stepsOf(path), 0, found);
  return found;
}

function collect(member: Member, steps: readonly string[], at: number, found: Member[]): void {
  const name = steps[at];
  if (name === undefined) {
    found.push(member);
    return;
  }
  const { path, value } = member;
  if (isList(value)) {
    value.forEach((item, index) => step([...path, index], item, name));
  } else step(path, value, name);

  function step(place: Path, element: Value, own: string): void {
    if (isObject(element) && own in element)
      collect({ path: [...place, own], value: element[own]! }, steps, at + 1, found);
  }
}

const known = new Map<string, readonly string[]>();

/** The names of a path, which checks ask for again for every resource. */
function stepsOf(path: string): readonly string[] {
  let steps = known.get(path);
  if (steps === undefined) known.set(path, (steps = path.split(".")));
  return steps;
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
