import { isList, isObject, type ObjectValue, type Value } from "../plugin/value";

/** Reads what Terraform asks for, or keeps: members that are absent, null or not known yet are empty. */
export class Asked {
  constructor(private readonly members: { readonly [name: string]: Value } = {}) {}

  text(name: string): string {
    const value = this.members[name];
    return typeof value === "string" ? value : "";
  }

  number(name: string): number | undefined {
    const value = this.members[name];
    return typeof value === "number" ? value : undefined;
  }

  flag(name: string): boolean {
    return this.members[name] === true;
  }

  /** The texts of a list or set, without empty ones. */
  texts(name: string): readonly string[] {
    const value = this.members[name];
    return isList(value)
      ? value.filter((item): item is string => typeof item === "string" && item !== "")
      : [];
  }

  /** The first block of that name; one without members where there is none. */
  block(name: string): Asked {
    return this.blocks(name)[0] ?? new Asked();
  }

  blocks(name: string): readonly Asked[] {
    return this.objects(name).map((item) => new Asked(item));
  }

  /** The members of every block of that name. */
  objects(name: string): readonly ObjectValue[] {
    const value = this.members[name];
    return isList(value) ? value.filter((item): item is ObjectValue => isObject(item)) : [];
  }

  /** A map of texts; empty where there is none. */
  map(name: string): Readonly<Record<string, string>> {
    const value = this.members[name];
    return isObject(value) ? (value as Readonly<Record<string, string>>) : {};
  }
}
