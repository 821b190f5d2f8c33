import { type CtyType } from "../value/value";

// A stub of "cdktf" that makes a binding describe itself: its mappers, getters and nested objects
// return their schema instead of rendering Terraform.

/** A member with a single value. */
export class AttributeMember {
  constructor(
    readonly type: CtyType,
    readonly attributeName?: string,
  ) {}
}

/** A member with a list or map of objects. */
export class NestedMember {
  constructor(
    readonly asBlock: boolean,
    readonly attributes: HclAttributes,
  ) {}
}

/** What `synthesizeHclAttributes` and the `…ToHclTerraform` functions of a binding return. */
export interface HclAttributes {
  readonly [name: string]: {
    readonly value: AttributeMember | NestedMember | HclAttributes;
    readonly isBlock: boolean;
    readonly type: string;
    readonly storageClassType: string;
  };
}

/** A configuration in which every property exists and has every property. */
export const anything: object = new Proxy(
  {},
  { get: (_, property) => (property === "then" ? undefined : anything) },
);

const attribute = (type: CtyType, name?: string): AttributeMember => new AttributeMember(type, name);

const collection =
  (kind: "list" | "map") =>
  (item: (value: object) => AttributeMember | HclAttributes, asBlock = false) =>
  (): AttributeMember | NestedMember => {
    const inner = item(anything);
    return inner instanceof AttributeMember
      ? attribute([kind, inner.type])
      : new NestedMember(asBlock, inner);
  };

class Attributes {
  getStringAttribute = (name: string): AttributeMember => attribute("string", name);
  getNumberAttribute = (name: string): AttributeMember => attribute("number", name);
  getBooleanAttribute = (name: string): AttributeMember => attribute("bool", name);
  getListAttribute = (name: string): AttributeMember => attribute(["list", "string"], name);
  getNumberListAttribute = (name: string): AttributeMember => attribute(["list", "number"], name);
  getStringMapAttribute = (name: string): AttributeMember => attribute(["map", "string"], name);
  getNumberMapAttribute = (name: string): AttributeMember => attribute(["map", "number"], name);
  getBooleanMapAttribute = (name: string): AttributeMember => attribute(["map", "bool"], name);
  getAnyMapAttribute = (name: string): AttributeMember => attribute("dynamic", name);
  interpolationForAttribute = (name: string): AttributeMember => attribute("dynamic", name);
}

/** A nested object: a single one, or an element of a list or set. */
export class ComplexObject extends Attributes {
  constructor(
    readonly parent: unknown,
    readonly attributeName: string,
    readonly fromSet: boolean,
    readonly index?: number | string,
  ) {
    super();
  }
}

/** A nested list, set or map of objects. */
export class ComplexList {
  constructor(
    readonly parent: unknown,
    readonly attributeName: string,
    readonly fromSet: boolean,
  ) {}
}

class ComplexMap extends ComplexList {}

const simpleCollection = (type: CtyType) =>
  class extends AttributeMember {
    constructor(_parent: unknown, name: string) {
      super(type, name);
    }
  };

const asSet = (member: AttributeMember): AttributeMember =>
  Array.isArray(member.type) ? attribute(["set", member.type[1] as CtyType], member.attributeName) : member;

const simple = {
  stringToHclTerraform: () => attribute("string"),
  numberToHclTerraform: () => attribute("number"),
  booleanToHclTerraform: () => attribute("bool"),
  anyToHclTerraform: () => attribute("dynamic"),
};

/** The module that a binding gets for `require("cdktf")`. */
export const cdktfStub: object = {
  ...simple,
  listMapperHcl: collection("list"),
  hashMapperHcl: collection("map"),
  canInspect: () => true,
  isComplexElement: () => false,
  Tokenization: { isResolvable: () => false },
  Token: { asNumberList: (member: AttributeMember) => member, asList: (member: AttributeMember) => member },
  Fn: { tolist: asSet, toset: asSet },
  TerraformResource: Attributes,
  TerraformDataSource: Attributes,
  TerraformProvider: Attributes,
  TerraformEphemeralResource: Attributes,
  ComplexObject,
  ComplexComputedList: ComplexObject,
  ComplexList,
  MapList: ComplexList,
  ComplexMap,
  StringMap: simpleCollection(["map", "string"]),
  NumberMap: simpleCollection(["map", "number"]),
  BooleanMap: simpleCollection(["map", "bool"]),
  AnyMap: simpleCollection("dynamic"),
  StringMapList: simpleCollection(["list", ["map", "string"]]),
  NumberMapList: simpleCollection(["list", ["map", "number"]]),
  BooleanMapList: simpleCollection(["list", ["map", "bool"]]),
  AnyMapList: simpleCollection(["list", "dynamic"]),
};
