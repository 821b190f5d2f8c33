import fc from "fast-check";
import { type AddressNode } from "../../../../src/read/address-report";
import { sizeOf, ipv4Range } from "../../../../src/read/ipv4-range";
import { addressMap } from "../../../../src/render/page/address-map";
import {
  accountOf,
  type Block,
  blockTree,
  fullName,
  innermost,
  rangeText,
} from "../../../../src/render/page/browser/block";
import { fullness, percentFull } from "../../../../src/render/page/browser/fullness";
import { fleetPlan } from "../../../fleet";
import { blockAt, exampleTree } from "./example-tree";

const VPC = "aws/eu-central-1/prod/eks/prod-payments";
const cidrsOf = (nodes: readonly AddressNode[]): string[] =>
  nodes.flatMap(({ cidr, kind, children }) => [...(kind === "free" ? [cidr] : []), ...cidrsOf(children)]);
const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

test("the space between the blocks is what the address plan has free", () => {
  const { addresses } = fleetPlan(0, 40);
  const free = blockTree(addressMap(addresses.tree, []))
    .descendants()
    .filter(({ data }) => data.kind === "free");
  expect(sum(free.map(({ data }) => sizeOf(data)))).toBe(
    sum(cidrsOf(addresses.tree).map((cidr) => sizeOf(ipv4Range(cidr) ?? { first: 0, last: 0 }))),
  );
});

test("every address has one innermost block, and the blocks of a level never overlap", () => {
  const { addresses } = fleetPlan(0, 12);
  const root = blockTree(addressMap(addresses.tree, []));
  fc.assert(
    fc.property(fc.integer({ min: 10 * 2 ** 24, max: 11 * 2 ** 24 - 1 }), (address) => {
      const found = innermost(root, { first: address, last: address });
      expect(found.data.first <= address && address <= found.data.last).toBe(true);
      expect(found.children).toBeUndefined();
    }),
  );
});

test("parts of a cluster have its name", () => {
  const root = exampleTree();
  expect(fullName(blockAt(root, `${VPC}/nodes/eu-central-1a`))).toBe("prod-payments VPC nodes eu-central-1a");
  expect(fullName(blockAt(root, "aws/eu-central-1"))).toBe("aws eu-central-1");
});

test("the account of a network is that of its subnets, and the account of a pool is only its own", () => {
  const root = exampleTree();
  expect(accountOf(blockAt(root, `${VPC}/nodes/eu-central-1a`))).toBe("333333333333");
  expect(accountOf(blockAt(root, "aws/eu-central-1"))).toBe("111111111111");
  expect(accountOf(blockAt(root, "10.16.2.0-10.31.255.255"))).toBeUndefined();
});

test("a range is written as its CIDR if it has one", () => {
  expect(rangeText({ first: 167772160, last: 167772415 })).toBe("10.0.0.0/24");
  expect(rangeText({ first: 167772161, last: 167772416 })).toBe("10.0.0.1-10.0.1.0");
  expect(rangeText({ first: 167772160, last: 167772542 })).toBe("10.0.0.0-10.0.1.126");
});

test("how full a block is counts clusters, growth and reserved ranges, and adds up to the block", () => {
  const root = exampleTree();
  const region = blockAt(root, "aws/eu-central-1");
  const space = blockAt(root, "primary");
  expect(fullness(region)).toEqual({ used: 512, growth: 0, reserved: 0, pooled: 0, free: 2 ** 20 - 512 });
  expect(fullness(space)).toEqual({
    ...{ used: 512, growth: 0, reserved: 2 ** 20 },
    ...{ pooled: 2 ** 20 - 512, free: 2 ** 24 - 2 ** 21 },
  });
  const parts = (block: Block) => Object.values(fullness(block) ?? {}) as number[];
  expect(sum(parts(space))).toBe(2 ** 24);
  expect(fullness(blockAt(root, `${VPC}/nodes/eu-central-1a`))).toBeUndefined();
});

test("only an empty block is at 0 percent, and only a full one at 100", () => {
  const root = exampleTree();
  expect(percentFull(blockAt(root, "aws/eu-central-1"))).toBe(1);
  expect(percentFull(blockAt(root, VPC))).toBe(50);
});
