import { fragmentOf, fragmentOfRange, parseRange, resolve } from "../../../../src/render/page/browser/target";
import { rangeText } from "../../../../src/render/page/browser/block";
import { exampleTree } from "./example-tree";

const root = exampleTree();
const seen = (fragment: string) => {
  const target = resolve(root, fragment);
  return target && [target.block.data.name, rangeText(target.view)];
};

test("every block has a permalink that leads back to it", () => {
  for (const block of root.descendants().slice(1))
    expect(resolve(root, fragmentOf(block))?.block).toBe(block);
});

test("a block is seen with what is inside it, and a small one with what is around it", () => {
  expect(seen("#aws/eu-central-1")).toEqual(["aws eu-central-1", "10.16.0.0/12"]);
  expect(seen("#aws/eu-central-1/prod/eks/prod-payments/nodes/eu-central-1a")).toEqual([
    ...["nodes eu-central-1a", "10.16.0.0/23"],
  ]);
  expect(seen("#primary/10.0.0.0/12")).toEqual(["reserved: on premises", "10.0.0.0/8"]);
});

test("addresses and ranges are permalinks, too", () => {
  expect(seen("#10.16.0.9")).toEqual(["nodes eu-central-1a", "10.16.0.0/23"]);
  expect(seen("#10.16.0.0/22")).toEqual(["aws eu-central-1", "10.16.0.0/22"]);
  expect(seen(fragmentOfRange({ first: 168820736, last: 168821503 }))).toEqual([
    ...["aws eu-central-1", "10.16.0.0-10.16.2.255"],
  ]);
});

test.each(["", "#", "#main", "#192.0.2.0/24", "#10.0.0.0/33", "#10.2.0.0-10.1.0.0", "#1-2-3", "#%E0%A4%A"])(
  "%s leads nowhere",
  (fragment) => expect(resolve(root, fragment)).toBeUndefined(),
);

test("reads ranges as people write them", () => {
  expect(parseRange("10.0.0.9/24")).toEqual({ first: 167772160, last: 167772415 });
  expect(parseRange("10.0.0.1 - 10.0.0.2")).toEqual({ first: 167772161, last: 167772162 });
  expect(parseRange("10.0.0.256")).toBeUndefined();
});
