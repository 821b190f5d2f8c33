import { type Drift } from "../../src/drift/drift";
import { driftMarker, keepDriftIssue } from "../../src/drift/drift-issue";
import { connect } from "../../src/github/repository-api";
import { FakeGitHub } from "../github/fake-github";

let github: FakeGitHub;
beforeEach(async () => (github = await FakeGitHub.start()));
afterEach(() => github.stop());

const stack = { environment: "prod", stack: "prod-payments-network" };
const none: Drift = {
  objects: [],
  tolerated: [{ address: "aws_subnet.a", tolerances: ["autoscaler-subnets"] }],
};
const gone: Drift = { objects: [{ address: "aws_vpc.main", fate: "gone", attributes: [] }], tolerated: [] };
const changed: Drift = {
  objects: [{ address: "aws_vpc.main", fate: "changed", attributes: ["tags", "cidr_block"] }],
  tolerated: [],
};
const keep = async (drift: Drift, of = stack) => keepDriftIssue(await connect(github.env), of, drift);

test("an issue opens, is updated, closes by itself and opens again", async () => {
  expect(await keep(none)).toBe("none");
  expect(await keep(gone)).toBe("opened");
  const [issue] = github.issues;
  expect(issue).toMatchObject({
    state: "open",
    title: "Drift in prod: prod-payments-network",
    labels: ["drift"],
  });
  expect(issue!.body).toContain("- `aws_vpc.main` is gone");
  expect(await keep(gone)).toBe("unchanged");
  expect(await keep(changed)).toBe("updated");
  expect(issue!.body).toContain("- `aws_vpc.main` has another `tags`, `cidr_block`");

  expect(await keep(none)).toBe("closed");
  expect(issue).toMatchObject({ state: "closed", state_reason: "completed" });
  expect(issue!.comments.map(({ body }) => body)).toEqual(["Everything is as the state says again."]);
  expect(await keep(none)).toBe("none");
  expect(await keep(gone)).toBe("opened");
  expect(github.issues).toHaveLength(1);
  expect(issue!.state).toBe("open");
});

test("each stack has its own, found among many; pull requests with its mark are none", async () => {
  for (let other = 0; other < 5; other++) github.issue({ labels: ["drift"], body: "by hand" });
  github.issue({ labels: ["drift"], body: driftMarker(stack), pull_request: {} });
  expect(await keep(gone)).toBe("opened");
  expect(await keep(gone, { ...stack, stack: "prod-payments" })).toBe("opened");
  expect(await keep(gone)).toBe("unchanged");
  expect(github.issues).toHaveLength(8);
});

test("an issue stays below GitHub's limit, and hostile addresses are harmless", async () => {
  const objects = Array.from({ length: 5000 }, (_unused, at) => ({
    ...{ address: `aws_subnet.s["@team ${at} \`x\`<b>"]`, attributes: [] },
    fate: "gone" as const,
  }));
  await keep({ objects, tolerated: [] });
  const { body } = github.issues[0]!;
  expect(body.length).toBeLessThan(65_536);
  expect(body).toContain("- and 4900 more");
  expect(body).toContain('- `aws_subnet.s["@team 0 \\u{60}x\\u{60}<b>"]` is gone');
});

test("a marker cannot end its HTML comment", () => {
  expect(driftMarker({ environment: "a-->b", stack: "c/d" })).toBe(
    "<!-- cluster-ipam:drift:a%2D%2D%3Eb/c%2Fd -->",
  );
});
