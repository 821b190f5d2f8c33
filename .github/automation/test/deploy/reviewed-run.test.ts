import { connect } from "../../src/github/repository-api";
import { reviewedRun } from "../../src/deploy/reviewed-run";
import { FakeGitHub, type FakeRun } from "../github/fake-github";

let github: FakeGitHub;
beforeEach(async () => (github = await FakeGitHub.start()));
afterEach(() => github.stop());

const merge = "a".repeat(40);
const head = "b".repeat(40);
const find = async () => reviewedRun(await connect(github.env), merge);
const run = (id: number, change: Partial<FakeRun> = {}) =>
  github.runs.push({
    ...{
      id,
      head_sha: head,
      event: "pull_request",
      status: "success",
      created_at: `2026-01-0${id}T00:00:00Z`,
    },
    head_repository: { full_name: github.repository },
    ...change,
  });

test("finds the latest successful plan of the merged pull request", async () => {
  github.pulls[merge] = [{ head: { sha: head }, merged_at: "2026-01-09T00:00:00Z" }];
  for (const id of [1, 3, 2]) run(id);
  run(4, { status: "failure" });
  run(5, { head_repository: { full_name: "someone/fork" } });
  run(6, { event: "push" });
  expect(await find()).toEqual({ runId: 3, commit: head });
});

test("finds a plan started by hand on the commit itself", async () => {
  run(1, { head_sha: merge, event: "workflow_dispatch" });
  expect(await find()).toEqual({ runId: 1, commit: merge });
});

test("a pull request that was not merged does not count", async () => {
  github.pulls[merge] = [{ head: { sha: head }, merged_at: null }];
  run(1);
  await expect(find()).rejects.toThrow(
    `no successful plan for commit ${merge} or its pull request; run the plan workflow on this commit`,
  );
});
