import { readingGroups } from "../../../src/runtime/cloud/reading-groups";

const subnet = (id: string, usedAddresses: number) => ({
  id,
  cidr: "100.64.0.0/18",
  zone: "a",
  state: "available",
  availableAddresses: 16_379 - usedAddresses,
  tags: {},
});
const idsOf = (groups: readonly (readonly { id: string }[])[]) =>
  groups.map((group) => group.map(({ id }) => id));
const unknown = () => undefined;

test("a group has as many subnets as fit in a page of 1,000 interfaces", () => {
  const subnets = ["a", "b", "c"].map((id) => subnet(id, 500 * 17));
  expect(idsOf(readingGroups(subnets, unknown))).toEqual([["a", "b"], ["c"]]);
  expect(idsOf(readingGroups(subnets, (id) => (id === "a" ? 1000 : 10)))).toEqual([["a"], ["b", "c"]]);
});

test("a group has at most 200 subnets, as many as a filter takes", () => {
  const subnets = Array.from({ length: 401 }, (_, index) => subnet(String(index), 0));
  expect(readingGroups(subnets, unknown).map(({ length }) => length)).toEqual([200, 200, 1]);
  expect(readingGroups([], unknown)).toEqual([]);
});
