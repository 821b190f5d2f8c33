import { awsTags, googleLabels } from "../../src/input/tags";
import { standardTags } from "../../src";
import { hclOf } from "../terraform";

test("standard tags", () => {
  expect(standardTags({ environment: "prod", component: "network" })).toEqual({
    environment: "prod",
    component: "network",
    managed_by: "cluster-ipam",
  });
  expect(() => standardTags({ environment: "Prod" })).toThrow(
    'standardTags.environment: the label value "Prod" is not valid',
  );
});

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

test("standard tags are valid AWS tags and Google labels", () => {
  hclOf((stack) => {
    const tags = standardTags({ environment: "prod", stack: "prod-network" });
    expect(awsTags(stack, tags)).toBe(tags);
    expect(googleLabels(stack, tags)).toBe(tags);
  });
});

test.each([
  ["aws", { "aws:x": "y" }, 'the tag key "aws:x" is not valid'],
  ["aws", { ["k".repeat(129)]: "v" }, "use 1 to 128 characters"],
  ["aws", { k: "v".repeat(257) }, "the value of the tag k has 257 characters; AWS allows 256"],
  ["aws", many(51), "51 tags are too many; AWS allows 50"],
  [
    "google",
    { "cost-center": "x" },
    'the label key "cost-center" is not valid; use lower-case words joined by single underscores',
  ],
  ["google", { Owner: "x" }, 'the label key "Owner" is not valid'],
  ["google", { owner: "Team A" }, 'the label value "Team A" is not valid'],
  ["google", many(65), "65 labels are too many; Google allows 64"],
])("%s rejects %j", (cloud, tags, message) => {
  const check = cloud === "aws" ? awsTags : googleLabels;
  expect(() => hclOf((stack) => check(stack, tags))).toThrow(message);
});
