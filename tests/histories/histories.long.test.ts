import { checkHistories } from "./histories";

test("1,000 organisations live for 60 edits, and nothing is lost", () => {
  checkHistories({ count: 1_000, length: 60 });
}, 3_600_000);
