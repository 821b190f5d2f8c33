import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { booleanAt, mapAt, numberAt, objectsAt, stringAt, stringsAt } from "./arguments";

/** Reads what Terraform asks for, or keeps: members that are absent, null or not known yet are empty. */
export class ConfigReader {
  constructor(private readonly members: ObjectValue = {}) {}

  text(name: string): string {
    return stringAt(this.members, name) ?? "";
  }

  number(name: string): number | undefined {
    return numberAt(this.members, name);
  }

  flag(name: string): boolean {
    return booleanAt(this.members, name) ?? false;
  }

  /** The texts of a list or set, without empty ones. */
  texts(name: string): readonly string[] {
    return stringsAt(this.members, name).filter((text) => text !== "");
  }

  /** The first block of that name; one without members where there is none. */
  block(name: string): ConfigReader {
    return this.blocks(name)[0] ?? new ConfigReader();
  }

  blocks(name: string): readonly ConfigReader[] {
    return this.objects(name).map((item) => new ConfigReader(item));
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
