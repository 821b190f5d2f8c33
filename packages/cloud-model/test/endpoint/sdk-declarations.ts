import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const folder = join(dirname(require.resolve("@aws-sdk/client-ec2/package.json")), "dist-types", "models");

/** A member of a structure in the SDK's declarations. */
interface DeclaredMember {
  readonly documentation: string;
  readonly type: string;
}

const declaration = /^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm;
const member = /\/\*\*([\s\S]*?)\*\/\s+(\w+)\??: ([^;]+);/g;

/** The structures that the EC2 client's declarations describe, with each member's type and documentation. */
export const structures: ReadonlyMap<string, ReadonlyMap<string, DeclaredMember>> = new Map(
  readdirSync(folder)
    .filter((name) => /^models_\d+\.d\.ts$/.test(name))
    .flatMap((name) => [...readFileSync(join(folder, name), "utf8").matchAll(declaration)])
    .map(([, name = "", body = ""]) => [
      name,
      new Map(
        [...body.matchAll(member)].map(([, documentation = "", memberName = "", type = ""]) => [
          memberName,
          { documentation, type },
        ]),
      ),
    ]),
);

/** The names of the enums. */
export const enums: ReadonlySet<string> = new Set(
  [...readFileSync(join(folder, "enums.d.ts"), "utf8").matchAll(/^export declare const (\w+):/gm)].map(
    ([, name = ""]) => name,
  ),
);

/** The enum that a member's type names, also as the items of a list; undefined for another type. */
export function enumOf({ type }: DeclaredMember): string | undefined {
  const name = /^(\w+)(?:\[\])?(?: \| undefined)?$/.exec(type)?.[1];
  return name !== undefined && enums.has(name) ? name : undefined;
}

/** The structure that a member's type names, also as the items of a list. */
export const structureOf = ({ type }: DeclaredMember): string | undefined => {
  const name = /^(\w+)(?:\[\])?(?: \| undefined)?$/.exec(type)?.[1];
  return name !== undefined && structures.has(name) ? name : undefined;
};

/** The filters that a request's documentation lists, with the other spellings that it allows. */
export function documentedFilters(request: string): readonly string[] {
  const { documentation = "" } = structures.get(request)?.get("Filters") ?? {};
  const items = documentation.split("<li>").slice(1);
  const names = items.flatMap((item) => {
    const [, name] = /^[\s*]*<p>\s*(?:\*\s*)?<code>([\w.-]+)<\/code>/.exec(item) ?? [];
    const others = /[Yy]ou can also use([\s\S]*?)as the\s+(?:\*\s*)?filter names?/.exec(item)?.[1] ?? "";
    return [
      ...(name ? [name] : []),
      ...[...others.matchAll(/<code>([\w.-]+)<\/code>/g)].map(([, one]) => one!),
    ];
  });
  return [...new Set(names)].filter((name) => name !== "tag" && name !== "tag-key" && name !== "tag-value");
}
