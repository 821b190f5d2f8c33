import { checkedMembers } from "../../src/configuration/checked-members";
import { unknown } from "../../src/value/value";

test("what is partly unknown is not checked at all, as in Terraform's SDK", () => {
  const name = { name: "A" };
  expect(
    checkedMembers({ metadata: [{ ...name, labels: { a: unknown } }], spec: [name], force: null }),
  ).toEqual({
    metadata: unknown,
    spec: [name],
    force: null,
  });
});
