import { addressMap } from "../../../../src/render/page/address-map";
import { type Block, blockTree, innermost } from "../../../../src/render/page/browser/block";
import { AddressScale, layoutScale, MIN_HEIGHT } from "../../../../src/render/page/browser/scale-layout";
import { targetOf } from "../../../../src/render/page/browser/target";
import { ipv4Text } from "../../../../src/read/ipv4-range";
import { fleetPlan } from "../../../fleet";
import { blockAt, exampleTree } from "./example-tree";

const HEIGHT = 540;
const fleet = blockTree(addressMap(fleetPlan(0, 200).addresses.tree, []));
const place = (block: Block) => layoutScale(block, new AddressScale(block.data, HEIGHT), 4);

test("blocks are as high as they are large, at the place of their first address", () => {
  const space = blockAt(exampleTree(), "primary");
  const [reserved, region] = place(space).filter(({ column }) => column === 0);
  expect(reserved).toMatchObject({ top: 0, height: HEIGHT / 16 });
  expect(region).toMatchObject({ top: HEIGHT / 16, height: HEIGHT / 16 });
});

test("a place on the scale and its address are inverse", () => {
  const scale = new AddressScale({ first: 2 ** 24 * 10, last: 2 ** 24 * 11 - 1 }, HEIGHT);
  expect(ipv4Text(scale.addressAt(0))).toBe("10.0.0.0");
  expect(ipv4Text(scale.addressAt(HEIGHT / 2))).toBe("10.128.0.0");
  expect(ipv4Text(scale.addressAt(HEIGHT + 9))).toBe("10.255.255.255");
  expect(scale.topOf(2 ** 24 * 10.25)).toBe(HEIGHT / 4);
});

test("the axis is marked at the starts of CIDRs, far enough from each other to read", () => {
  const ticks = new AddressScale({ first: 2 ** 24 * 10, last: 2 ** 24 * 11 - 1 }, HEIGHT).ticks();
  expect(ticks.map(({ address }) => ipv4Text(address)).slice(0, 3)).toEqual([
    "10.0.0.0",
    "10.32.0.0",
    "10.64.0.0",
  ]);
  expect(new AddressScale({ first: 0, last: 3 }, HEIGHT).ticks()).toHaveLength(4);
});

test("neighbors too small to tell apart share a place, and none is lost", () => {
  const pool = blockAt(fleet, "aws/eu-central-1/prod/eks");
  const placed = place(pool).filter(({ column }) => column === 0);
  const keysOf = (blocks: readonly Block[]) =>
    blocks.filter(({ data }) => data.kind !== "free").map(({ data }) => data.key);
  expect(keysOf(placed.flatMap(({ blocks }) => blocks))).toEqual(keysOf(pool.children ?? []));
  expect(placed.every(({ height, top }) => height >= MIN_HEIGHT && top + height <= HEIGHT)).toBe(true);
  expect(placed.some(({ blocks }) => blocks.length > 10)).toBe(true);
});

test("from a /8, three clicks reach any /28 of a fleet of 200", () => {
  const smallest = fleet.descendants().filter(({ data }) => data.cidr.endsWith("/28"));
  expect(smallest.length).toBeGreaterThan(100);
  expect(Math.max(...smallest.map((block) => clicksTo(fleet, block)))).toBeLessThanOrEqual(3);
});

/** Clicks on the scale from the whole space until the block has a place of its own, the last one on the block itself. */
function clicksTo(root: Block, wanted: Block): number {
  let view = targetOf(wanted.ancestors().at(-2) as Block).view;
  for (let clicks = 1; ; clicks++) {
    const outer = innermost(root, view);
    const around = layoutScale(outer, new AddressScale(view, HEIGHT), 4).filter(({ blocks }) =>
      blocks.some((block) => wanted.ancestors().includes(block)),
    );
    const closest = around.reduce((best, next) => (next.column > best.column ? next : best));
    const [block, last] = [closest.blocks[0] as Block, closest.blocks.at(-1) as Block];
    if (closest.blocks.length === 1 && block === wanted) return clicks;
    view =
      closest.blocks.length === 1 ? targetOf(block).view : { first: block.data.first, last: last.data.last };
  }
}
