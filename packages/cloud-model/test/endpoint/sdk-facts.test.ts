import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentedFilters as filters } from "../../src/aws/ec2/operations/documented-filters";
import { ec2Operations } from "../../src/aws/ec2/operations/ec2-operations";
import { enumMembers } from "../../src/endpoint/query/enum-members";
import { documentedFilters, enumOf, structureOf, structures } from "./sdk-declarations";

const source = join(__dirname, "../../src");
const actions = Object.keys(ec2Operations).sort();

/** The enum members of a request and of the structures in it. */
function enumsIn(structure: string, seen = new Set<string>()): readonly (readonly [string, string])[] {
  if (seen.has(structure)) return [];
  seen.add(structure);
  return [...(structures.get(structure) ?? [])].flatMap(([name, member]) => {
    const [named, inner] = [enumOf(member), structureOf(member)];
    if (named !== undefined) return [[`${structure}.${name}`, named] as const];
    return inner === undefined ? [] : enumsIn(inner, seen);
  });
}

// To generate the modules again: UPDATE_SDK_FACTS=1, and Prettier afterwards.
const facts = [
  {
    path: "endpoint/query/enum-members.ts",
    table: enumMembers,
    head: "/** The enum of each enumerated input member of the modeled EC2 actions: `Structure.Member`. Source: the AWS SDK's declarations. */\nexport const enumMembers: { readonly [member: string]: string }",
    expected: Object.fromEntries(actions.flatMap((action) => enumsIn(`${action}Request`)).sort()),
  },
  {
    path: "aws/ec2/operations/documented-filters.ts",
    table: filters,
    head: "/** The filters that EC2 documents, by action, without those for tags. Source: the AWS SDK's documentation. */\nexport const documentedFilters: { readonly [action: string]: readonly string[] }",
    expected: Object.fromEntries(
      actions
        .map((action) => [action, [...documentedFilters(`${action}Request`)].sort()] as const)
        .filter(([, names]) => names.length > 0),
    ),
  },
];

it.each(facts)("$path is what the AWS SDK says", ({ path, head, table, expected }) => {
  if (process.env["UPDATE_SDK_FACTS"])
    writeFileSync(join(source, path), `${head} = ${JSON.stringify(expected)};\n`);
  else expect(table).toEqual(expected);
});
