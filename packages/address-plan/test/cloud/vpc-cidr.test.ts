import { usablePrefixes } from "../../src/cloud/index";

test("the first and the last /28 of a subnet are not usable", () => {
  expect([24, 20, 18, 28].map(usablePrefixes)).toEqual([14, 254, 1022, 0]);
});
