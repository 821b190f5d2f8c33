import { SubnetUsage } from "../../../src/runtime/observe/subnet-usage";
import { typicalPrefixes, ZoneNodes } from "../../../src/runtime/observe/zone-nodes";

const SHAPE = { enis: 3, addressesPerEni: 4 };
/** Prefixes for the interfaces of the nodes, each from its own block. */
function subnet(cidr: string, interfaces: readonly (readonly [instanceId: string, prefixes: number])[]) {
  const usage = new SubnetUsage(cidr);
  const [a, b, c] = cidr.split("/")[0]!.split(".");
  let block = 1;
  for (const [instanceId, prefixes] of interfaces)
    usage.add(
      {
        subnetId: "subnet-1",
        addresses: [`${a}.${b}.${c}.5`],
        prefixes: Array.from({ length: prefixes }, () => `${a}.${b}.${c}.${16 * block++}/28`),
        instanceId,
      },
      0,
    );
  return usage;
}

test("a node with all its interfaces and slots left is stranded when its subnets are full", () => {
  const full = subnet("10.0.0.0/25", [
    ["i-stranded", 1],
    ["i-stranded", 1],
    ["i-one-left", 1],
    ["i-full", 3],
  ]);
  const roomy = subnet("10.0.1.0/25", [
    ["i-roomy", 1],
    ["i-roomy", 1],
    ["i-full", 3],
  ]);
  const nodes = new ZoneNodes([full, roomy], [], SHAPE);
  expect(nodes.stranded).toEqual(["i-stranded"]);
  expect([nodes.full, nodes.count]).toEqual([1, 4]);
  expect(new ZoneNodes([full, roomy], [], undefined).stranded).toEqual([]);
  // A subnet of its own has room: it is not stranded.
  const both = subnet("10.0.2.0/25", [["i-stranded", 0]]);
  expect(new ZoneNodes([full, roomy, both], [], SHAPE).stranded).toEqual([]);
});

test("nodes without a prefix lack those of a typical node", () => {
  const pods = subnet("10.0.0.0/24", [
    ["i-1", 3],
    ["i-2", 2],
  ]);
  const hosts = subnet("10.1.0.0/24", [
    ["i-1", 0],
    ["i-2", 0],
    ["i-3", 0],
    ["i-4", 0],
  ]);
  const nodes = new ZoneNodes([pods], [hosts], SHAPE);
  expect([nodes.lacking(3), nodes.count]).toEqual([6, 2]);
  expect(nodes.held).toEqual([3, 2]);
});

test("while no subnet has a prefix, nodes with fewer than a typical one lack the rest, unless no interface is left", () => {
  const full = subnet("10.0.0.0/25", [
    ["i-1", 3],
    ["i-2", 1],
    ["i-3", 1],
    ["i-3", 1],
  ]);
  const hosts = subnet("10.1.0.0/24", [["i-4", 0]]);
  expect(new ZoneNodes([full], [hosts], SHAPE).lacking(3)).toBe(2 + 3);
});

test("the typical node is the upper median; without one, it is a node with one prefix", () => {
  expect(typicalPrefixes([9, 1, 2, 3])).toBe(3);
  expect(typicalPrefixes([5, 1, 1])).toBe(1);
  expect(typicalPrefixes([])).toBe(1);
});
