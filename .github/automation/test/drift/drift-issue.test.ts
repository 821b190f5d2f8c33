import { type Drift } from "../../src/drift/drift";
import { driftMarker, reconcileDriftIssue } from "../../src/drift/drift-issue";
import { connect } from "../../src/github/repository-api";
import { FakeGitHub } from "../github/fake-github";

let github: FakeGitHub;
beforeEach(async () => (github = await FakeGitHub.start()));
afterEach(() => github.stop());

const stack = { environment: "prod", stack: "prod-payments-network" };
const none: Drift = {
  resources: [],
  tolerated: [{ address: "aws_subnet.a", tolerances: ["autoscaler-subnets"] }],
};
const deleted: Drift = {
  resources: [{ address: "aws_vpc.main", kind: "deleted", attributes: [] }],
  tolerated: [],
};
const changed: Drift = {
  resources: [{ address: "aws_vpc.main", kind: "changed", attributes: ["tags", "cidr_block"] }],
  tolerated: [],
};
const reconcile = async (drift: Drift, of = stack) =>
  reconcileDriftIssue(await connect(github.env), of, drift);

test("an issue opens, is updated, closes and reopens", async () => {
  expect(await reconcile(none)).toBe("none");
  expect(await reconcile(deleted)).toBe("opened");
  const [issue] = github.issues;
  expect(issue).toMatchObject({
    state: "open",
    title: "Drift in prod: prod-payments-network",
    labels: ["drift"],
  });
  expect(issue!.body).toContain("- `aws_vpc.main` was deleted");
  expect(await reconcile(deleted)).toBe("unchanged");
  expect(await reconcile(changed)).toBe("updated");
  expect(issue!.body).toContain("- `aws_vpc.main` has a different `tags`, `cidr_block`");

  expect(await reconcile(none)).toBe("closed");
  expect(issue).toMatchObject({ state: "closed", state_reason: "completed" });
  expect(issue!.comments.map(({ body }) => body)).toEqual(["The cloud matches the state again."]);
  expect(await reconcile(none)).toBe("none");
  expect(await reconcile(deleted)).toBe("opened");
  expect(github.issues).toHaveLength(1);
  expect(issue!.state).toBe("open");
});

test("each stack has its own issue; pull requests with its marker do not count", async () => {
  for (let other = 0; other < 5; other++) github.issue({ labels: ["drift"], body: "by hand" });
  github.issue({ labels: ["drift"], body: driftMarker(stack), pull_request: {} });
  expect(await reconcile(deleted)).toBe("opened");
  expect(await reconcile(deleted, { ...stack, stack: "prod-payments" })).toBe("opened");
  expect(await reconcile(deleted)).toBe("unchanged");
  expect(github.issues).toHaveLength(8);
});

test("an issue stays below GitHub's size limit, and hostile addresses are escaped", async () => {
  const resources = Array.from({ length: 5000 }, (_unused, at) => ({
    ...{ address: `aws_subnet.s["@team ${at} \`x\`<b>"]`, attributes: [] },
    kind: "deleted" as const,
  }));
  await reconcile({ resources, tolerated: [] });
  const { body } = github.issues[0]!;
  expect(body.length).toBeLessThan(65_536);
  expect(body).toContain("- and 4900 more");
  expect(body).toContain('- `aws_subnet.s["@team 0 \\u{60}x\\u{60}<b>"]` was deleted');
});

test("a marker cannot end its HTML comment", () => {
  expect(driftMarker({ environment: "a-->b", stack: "c/d" })).toBe(
    "<!-- cluster-ipam:drift:a%2D%2D%3Eb/c%2Fd -->",
  );
});
