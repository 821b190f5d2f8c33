import { unconfigured } from "../../../src/configuration/settings";
import { planResource } from "../../../src/planning/plan-resource";
import { type BlockSchema } from "../../../src/schema/type-schema";
import { unknown, type Value } from "../../../src/value/value";

const block: BlockSchema = {
  attributes: { name: { type: "string", optional: true } },
  blocks: {
    timeouts: {
      nesting: "single",
      block: { attributes: { delete: { type: "string", optional: true } }, blocks: {} },
    },
  },
};

const plan = (timeout: Value) => {
  const proposed = { name: "a", timeouts: { delete: timeout } };
  return planResource({ block }, { prior: null, proposed, config: proposed }, unconfigured).planned;
};

test("a known timeout is planned as it is configured", () => {
  expect(plan("10m")["timeouts"]).toEqual({ delete: "10m" });
});

test("an unknown timeout is refused", () => {
  expect(() => plan(unknown)).toThrow('Error parsing "delete" timeout');
});
