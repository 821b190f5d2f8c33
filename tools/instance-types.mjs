// Compares the table of EC2 instance types with what EC2 says, and writes it anew.
//
//   aws ec2 describe-instance-types --output json > types.json
//   npm run instance-types -- types.json            shows the differences
//   npm run instance-types -- types.json --write    writes them to the table
//
// Several files may be given, because no Region has all types. Types that none of the files has stay in the table.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TABLE = fileURLToPath(
  new URL("../packages/address-plan/src/cloud/ec2-instance-types.json", import.meta.url),
);

/** The shape of a type, in the members of `InstanceShape`. @throws Error if EC2's description lacks one of them */
function shapeOf({ InstanceType: name, BareMetal: isMetal, Hypervisor: hypervisor, ...type }) {
  const network = type.NetworkInfo ?? {};
  const card = (network.NetworkCards ?? []).find(
    ({ NetworkCardIndex: index }) => index === (network.DefaultNetworkCardIndex ?? 0),
  );
  const shape = {
    enis: card?.MaximumNetworkInterfaces ?? network.MaximumNetworkInterfaces,
    addressesPerEni: network.Ipv4AddressesPerInterface,
    vcpus: type.VCpuInfo?.DefaultVCpus,
  };
  for (const [member, value] of Object.entries(shape))
    if (!Number.isInteger(value) || value < 1) throw new Error(`${name} has no ${member}`);
  // Bare metal has no hypervisor, and its interfaces are those of Nitro.
  return isMetal || hypervisor === "nitro" ? shape : { ...shape, hypervisor };
}

/** The types of a file that can be nodes: EKS has no macOS. */
function typesIn(file) {
  let types;
  try {
    types = JSON.parse(readFileSync(file, "utf8")).InstanceTypes;
  } catch (error) {
    throw new Error(`${file}: ${error.message}`, { cause: error });
  }
  if (!Array.isArray(types))
    throw new Error(
      `${file} has no InstanceTypes; write it with: aws ec2 describe-instance-types --output json > ${file}`,
    );
  return types
    .filter(({ InstanceType: name }) => !name.startsWith("mac"))
    .map((type) => [type.InstanceType, shapeOf(type)]);
}

const line = ([name, shape]) => `    ${JSON.stringify(name)}: ${describe(shape)}`;
const describe = (shape) => {
  const members = Object.entries(shape).map(([member, value]) => `"${member}": ${JSON.stringify(value)}`);
  return `{ ${members.join(", ")} }`;
};

function main(args) {
  const files = args.filter((arg) => arg !== "--write");
  if (files.length === 0 || files.some((file) => file.startsWith("-")))
    throw new Error(
      "usage: npm run instance-types -- <file of aws ec2 describe-instance-types>... [--write]",
    );
  const before = JSON.parse(readFileSync(TABLE, "utf8")).types;
  const read = Object.fromEntries(files.flatMap(typesIn));
  const after = { ...before, ...read };
  const names = Object.keys(after).sort();
  const changes = names.flatMap((name) => {
    const now = describe(after[name]);
    if (before[name] === undefined) return [`+ ${name} ${now}`];
    return describe(before[name]) === now ? [] : [`~ ${name} ${describe(before[name])} → ${now}`];
  });
  for (const change of changes) console.log(change);
  const kept = names.filter((name) => read[name] === undefined).length;
  console.log(`${names.length} types: ${changes.length} new or changed, ${kept} in no file and kept`);
  if (!args.includes("--write")) return;
  const generated = `npm run instance-types, from aws ec2 describe-instance-types`;
  const rows = names.map((name) => line([name, after[name]])).join(",\n");
  writeFileSync(TABLE, `{\n  "generated": ${JSON.stringify(generated)},\n  "types": {\n${rows}\n  }\n}\n`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
