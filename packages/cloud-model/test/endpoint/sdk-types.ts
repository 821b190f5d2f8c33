import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as client from "@aws-sdk/client-ec2";

const types = join(dirname(require.resolve("@aws-sdk/client-ec2")), "../dist-types");

/** Every structure that the SDK's type declarations declare, as text by name. */
function declarations(): ReadonlyMap<string, string> {
  const text = readdirSync(join(types, "models"))
    .filter((file) => file.startsWith("models_"))
    .map((file) => readFileSync(join(types, "models", file), "utf8"))
    .join("");
  return new Map(
    [...text.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)].map(
      ([, name, body]) => [name!, body!] as const,
    ),
  );
}

/** The structure of an action's input. */
const inputOf = (action: string): string => {
  const command = readFileSync(join(types, `commands/${action}Command.d.ts`), "utf8");
  return /CommandInput extends (\w+)/.exec(command)![1]!;
};

/** The filters that the SDK documents for actions, without those of tags: action and filter. */
export function documentedFilters(actions: readonly string[]): readonly (readonly [string, string])[] {
  const declared = declarations();
  return actions.flatMap((action) => {
    const body = declared.get(inputOf(action)) ?? "";
    const end = body.indexOf("\n    Filters?: ");
    const own = body.slice(Math.max(0, body.lastIndexOf("/**", end)), Math.max(0, end));
    const names = [
      ...own.matchAll(/<code>([\w.-]+)<\/code>\s+(?:-|–)/g),
      ...own.matchAll(/also\s+use\s+(?:\*\s+)?<code>([\w-]+)<\/code>/g),
    ].map(([, name]) => name!);
    return [...new Set(names)]
      .filter((name) => !name.startsWith("tag"))
      .map((name) => [action, name] as const);
  });
}

/** The members of a structure of the SDK, with their types as they are declared. */
type Members = ReadonlyMap<string, string>;

/** The members of every structure. */
const structures = (): ReadonlyMap<string, Members> =>
  new Map(
    [...declarations()].map(([name, body]) => [
      name,
      new Map(
        [...body.matchAll(/^ {4}(\w+)\??: (\w+)/gm)].map(([, member, type]) => [member!, type!] as const),
      ),
    ]),
  );

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
  for (const action of actions) visit(inputOf(action));
  return enums;
}
