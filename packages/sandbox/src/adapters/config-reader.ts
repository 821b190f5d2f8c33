import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { booleanAt, mapAt, numberAt, objectsAt, stringAt, stringsAt } from "./arguments";

/** Reads a configuration, a plan or a state. Members that are absent, null or unknown read as empty. */
export class ConfigReader {
  constructor(private readonly members: ObjectValue = {}) {}

  /** A string; empty if it is not set. */
  text(name: string): string {
    return stringAt(this.members, name) ?? "";
  }

  /** Whether a member is there, and neither null nor unknown. */
  isSet(name: string): boolean {
    return booleanAt(this.members, name) !== undefined || stringAt(this.members, name) !== undefined;
  }

  /** A number, or undefined. */
  number(name: string): number | undefined {
    return numberAt(this.members, name);
  }

  /** A boolean; false if it is not set. */
  flag(name: string): boolean {
    return booleanAt(this.members, name) ?? false;
  }

  /** The strings of a list or set, without empty ones. */
  texts(name: string): readonly string[] {
    return stringsAt(this.members, name).filter((text) => text !== "");
  }

  /** The first block of that name; an empty one if there is none. */
  block(name: string): ConfigReader {
    return this.blocks(name)[0] ?? new ConfigReader();
  }

  /** Every block of that name. */
  blocks(name: string): readonly ConfigReader[] {
    return this.objects(name).map((item) => new ConfigReader(item));
  }

  /** The members of every block of that name. */
  objects(name: string): readonly ObjectValue[] {
    return objectsAt(this.members, name);
  }

  /** A map of strings; empty if it is not set. */
  map(name: string): Readonly<Record<string, string>> {
    return mapAt(this.members, name);
  }
}
