import { type BlockSchema } from "../../schema/type-schema";
import { type CtyType } from "../../value/value";

/** What the SDK knows of every member. */
interface MemberFlags {
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly forceNew: boolean;
  /** Name of the rule for differences that are none. */
  readonly suppress: string | undefined;
}

/** One value: text, a number or a bool. */
export interface PrimitiveMember extends MemberFlags {
  readonly kind: "primitive";
  readonly type: "string" | "number" | "bool";
  readonly default: string | number | boolean | undefined;
  /** Name of the rule that turns a configured value into the one that is planned. */
  readonly normalize: string | undefined;
}

/** A map of primitive values. */
export interface MapMember extends MemberFlags {
  readonly kind: "map";
}

/** A list or a set of values, of maps, or of blocks. */
export interface CollectionMember extends MemberFlags {
  readonly kind: "list" | "set";
  readonly element: Member | BlockMembers;
  /** Whether it is a block in the configuration: an empty one is as one that is not there. */
  readonly isBlock: boolean;
  /** The members that tell one block of a set from another. Undefined for all. */
  readonly key?: readonly string[] | undefined;
}

/** A member of a resource or block as Terraform's SDK sees it: blocks and computed lists of objects are the same kind. */
export type Member = PrimitiveMember | MapMember | CollectionMember;

/** The members of a resource, a block, or an object in a list, by name. */
export class BlockMembers {
  constructor(readonly byName: ReadonlyMap<string, Member>) {}
}

const known = new WeakMap<BlockSchema, BlockMembers>();

/** The members of a block. `timeouts` is none: the SDK handles it apart. */
export function membersOf(block: BlockSchema): BlockMembers {
  let members = known.get(block);
  if (members === undefined) known.set(block, (members = new BlockMembers(read(block))));
  return members;
}

function read(block: BlockSchema): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const { required = false, optional = false, computed = false, forceNew = false } = attribute;
    const { suppress, normalize, default: standard, type } = attribute;
    members.set(
      name,
      memberOf(type, { required, optional, computed, forceNew, suppress }, { normalize, default: standard }),
    );
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    if (nested.nesting === "single") continue;
    const { computed = false, forceNew = false, suppress, minItems = 0 } = nested;
    const flags = { required: minItems > 0, optional: minItems === 0, computed, forceNew, suppress };
    const element = membersOf(nested.block);
    members.set(name, { kind: nested.nesting, element, isBlock: true, key: nested.key, ...flags });
  }
  return members;
}

type ValueFacts = Pick<PrimitiveMember, "normalize" | "default">;
const NO_FACTS: ValueFacts = { normalize: undefined, default: undefined };

function memberOf(type: CtyType, flags: MemberFlags, facts: ValueFacts = NO_FACTS): Member {
  if (typeof type === "string")
    return { kind: "primitive", type: type === "dynamic" ? "string" : type, ...flags, ...facts };
  const [kind, inner] = type;
  if (kind === "map") return { kind, ...flags };
  if (kind === "list" || kind === "set")
    return { kind, element: elementOf(inner as CtyType, flags, facts), isBlock: false, ...flags };
  throw new Error(`Terraform's SDK has no ${kind} attributes`);
}

/** An element forces replacement as its list does. */
function elementOf(type: CtyType, list: MemberFlags, facts: ValueFacts): Member | BlockMembers {
  const flags = { ...list, computed: false, suppress: undefined };
  if (typeof type === "string" || type[0] !== "object") return memberOf(type, flags, facts);
  const own = { ...flags, required: false, optional: list.required || list.optional, forceNew: false };
  const members = Object.entries(type[1]).map(([name, member]): [string, Member] => [
    name,
    memberOf(member, { ...own, computed: !own.optional }),
  ]);
  return new BlockMembers(new Map(members));
}
