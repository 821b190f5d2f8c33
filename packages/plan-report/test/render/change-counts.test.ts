import { describeCounts } from "../../src/render/change-counts";
import { NO_CHANGES } from "../../src/terraform/stack-plan";

test("describes counts in Terraform's words", () => {
  expect(describeCounts({ ...NO_CHANGES, create: 2, update: 1, read: 1 })).toBe(
    "2 to add, 1 to change, 1 to read",
  );
  expect(describeCounts(NO_CHANGES)).toBe("no changes");
});
