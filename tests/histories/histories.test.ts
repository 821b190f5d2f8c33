import { checkHistories } from "./histories";

test("an organisation grows, changes and leaves for 60 edits, and nothing is lost", () => {
  checkHistories({ count: 20, length: 60 });
}, 300_000);
