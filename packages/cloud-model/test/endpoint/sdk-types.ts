import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as client from "@aws-sdk/client-ec2";

const types = join(dirname(require.resolve("@aws-sdk/client-ec2")), "../dist-types");

/** The members of a structure of the SDK, with their types as they are declared. */
type Members = ReadonlyMap<string, string>;

/** Every structure that the SDK's type declarations declare. */
function structures(): ReadonlyMap<string, Members> {
  const text = readdirSync(join(types, "models"))
    .filter((file) => file.startsWith("models_"))
    .map((file) => readFileSync(join(types, "models", file), "utf8"))
    .join("");
  return new Map(
    [...text.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) => [
      name!,
      new Map(
        [...body!.matchAll(/^ {4}(\w+)\??: (\w+)/gm)].map(([, member, type]) => [member!, type!] as const),
      ),
    ]),
  );
}

/** The enumerated members of the inputs of actions, by structure: the name of the SDK's enumeration. */
export function enumsInTypes(actions: readonly string[]): Record<string, Record<string, string>> {
  const declared = structures();
  const enums: Record<string, Record<string, string>> = {};
  const seen = new Set<string>();
  const visit = (structure: string): void => {
    if (seen.has(structure)) return;
    seen.add(structure);
    for (const [member, type] of declared.get(structure) ?? []) {
      const value = (client as unknown as Record<string, unknown>)[type];
      if (typeof value === "object" && !Array.isArray(value)) (enums[structure] ??= {})[member] = type;
      else visit(type);
    }
  };
  for (const action of actions) {
    const command = readFileSync(join(types, `commands/${action}Command.d.ts`), "utf8");
    visit(/CommandInput extends (\w+)/.exec(command)![1]!);
  }
  return enums;
}
