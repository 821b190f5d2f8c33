import { type ObjectValue } from "../plugin/value";
import { booleanAt, mapAt, numberAt, objectsAt, textAt, textsAt } from "./arguments";

/** Reads what Terraform asks for, or keeps: members that are absent, null or not known yet are empty. */
export class Asked {
  constructor(private readonly members: ObjectValue = {}) {}

  text(name: string): string {
    return textAt(this.members, name) ?? "";
  }

  number(name: string): number | undefined {
    return numberAt(this.members, name);
  }

  flag(name: string): boolean {
    return booleanAt(this.members, name) ?? false;
  }

  /** The texts of a list or set, without empty ones. */
  texts(name: string): readonly string[] {
    return textsAt(this.members, name).filter((text) => text !== "");
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
    return objectsAt(this.members, name);
  }

  /** A map of texts; empty where there is none. */
  map(name: string): Readonly<Record<string, string>> {
    return mapAt(this.members, name);
  }
}
